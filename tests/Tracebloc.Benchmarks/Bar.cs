namespace Tracebloc.Benchmarks;

/// <summary>A limit that results must stay within.</summary>
/// <param name="Name">What is held against what.</param>
/// <param name="Limit">The largest value that meets it.</param>
/// <param name="Find">The value in a result; null in a scenario that the bar is not for.</param>
internal sealed record Bar(string Name, double Limit, Func<Result, double?> Find)
{
    public static IReadOnlyList<Bar> All { get; } =
    [
        Count("GETs per workload", 1, result => (double)result.Traffic.ApiReads / result.Scenario.Workloads.Count),
        Count("writes", 0, result => result.Traffic.ApiWrites),
        Count("manifests downloaded", 0, result => result.Traffic.Downloads),
        Count("registry requests", 5, result => result.Scenario.IsUsual ? result.Traffic.RegistryRequests : null),
        Count("token requests", 2, result => result.Scenario.IsUsual ? result.Traffic.TokenRequests : null),
        new("wall / script", 1 / 12.0, result => result.Product.WallMs / result.Of(Contenders.Script)?.WallMs),
        new("CPU / script", 1 / 16.0, result => result.Product.CpuMs / result.Of(Contenders.Script)?.CpuMs),
        new("wall / bare", 1.25, result => result.Product.WallMs / result.Of(Contenders.Bare)?.WallMs),
        new("peak MiB", 20, result => result.Scenario.IsUsual ? result.Product.PeakMiB : null),
        new("binary MB", 14, result => result.Scenario.IsUsual ? result.BinaryMB : null),
        // Fifty are over so soon that start-up decides; the bar is on what the requests cost.
        new("wall / bare loop", 1.5, result => result.Scenario.ImageCount >= 500
            ? result.Product.WallMs / result.Of(Contenders.BareLoop)?.WallMs
            : null),
    ];

    /// <summary>True when it is counted, and so is the same on every machine and in every run.</summary>
    public bool IsCount { get; private init; }

    private static Bar Count(string name, double limit, Func<Result, double?> find) =>
        new(name, limit, find) { IsCount = true };
}
