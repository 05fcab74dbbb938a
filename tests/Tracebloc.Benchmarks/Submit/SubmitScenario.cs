namespace Tracebloc.Benchmarks.Submit;

/// <summary>One of the questions about the way from a submission to its rows.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Subject">The job, in a phrase.</param>
/// <param name="Bars">The limits.</param>
internal sealed record SubmitScenario(string Name, string Subject, IReadOnlyList<Bar<Race>> Bars)
{
    /// <summary>The beginning of all names; as <c>--only</c> it stands for all of them.</summary>
    public const string Group = "submit";

    public const string Accepted = $"{Group}-job", Forwarded = $"{Group}-proxy", Idle = $"{Group}-idle",
        Shards = $"{Group}-shards";

    /// <summary>The contenders.</summary>
    public const string Submission = "submission", ApiServer = "API server alone", Through = "through the proxy",
        Direct = "direct", Serve = "serve, idle", Proxy = "proxy, idle", OnePod = "1 pod", FourPods = "4 pods";

    private const double BeyondMs = 100, AddedMs = 2, IdleMiB = 40, Speedup = 1.5;

    public static IReadOnlyList<SubmitScenario> All { get; } =
    [
        new(Accepted, "submit a data set until its Job is made, against the same calls of the API server alone",
        [
            new Bar<Race>("p99 ms beyond the API server", BeyondMs, race => Beyond(race, Submission, ApiServer, 0.99))
            {
                IsAmount = true,
            },
        ]),
        new(Forwarded, "a call of the backend through requests-proxy, against the call itself",
        [
            new Bar<Race>("p50 ms added", AddedMs, race => Beyond(race, Through, Direct, 0.5)) { IsAmount = true },
        ]),
        new(Idle, "both servers without a request, a minute after their start",
        [
            new Bar<Race>($"MiB, {Serve}", IdleMiB, race => race.Of(Serve)?.PeakMiB),
            new Bar<Race>($"MiB, {Proxy}", IdleMiB, race => race.Of(Proxy)?.PeakMiB),
        ]),
        new(Shards, "load a CSV file by four pods on two cores, against one",
        [
            new Bar<Race>(
                $"speed, {FourPods} / {OnePod}", Speedup, race => race.Of(OnePod)?.WallMs / race.Of(FourPods)?.WallMs)
            {
                IsLeast = true,
            },
        ]),
    ];

    // A difference below zero is noise: the limits are on what is added.
    private static double? Beyond(Race race, string one, string other, double share) =>
        race.Quantile(one, share) - race.Quantile(other, share) is { } added ? Math.Max(added, 0.001) : null;
}
