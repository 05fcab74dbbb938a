using Tracebloc.Benchmarks.Ingest;

namespace Tracebloc.Benchmarks.Push;

/// <summary>One of the questions about the way from a folder to the cluster's volume.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Subject">The job, in a phrase.</param>
/// <param name="Bars">The limits.</param>
internal sealed record PushScenario(string Name, string Subject, IReadOnlyList<Bar<PushResult>> Bars)
{
    /// <summary>The beginning of all names; as <c>--only</c> it stands for all of them.</summary>
    public const string Group = "push";

    public const string Large = $"{Group}-file", Text = $"{Group}-text", Small = $"{Group}-files",
        Repeated = $"{Group}-again", Started = $"{Group}-version", Validated = $"{Group}-validate";

    /// <summary>The contenders.</summary>
    public const string Staging = "tracebloc, staging", Exec = "kubectl exec tar", Copy = "kubectl cp",
        First = "first push", Again = "again", Version = "tracebloc version", Kubectl = "kubectl version",
        Validation = "tracebloc";

    private const double Streamed = 1, Copied = 3, Unchanged = 0.1, Start = 0.5, PeakMiB = 60, Megabytes = 20;

    // That of the ingestor's own benchmark, and all of the ingestor's speed but for noise.
    private const double OfSep = 0.25, OfIngestor = 0.9;

    public static IReadOnlyList<PushScenario> All { get; } =
    [
        new(Large, "stage one image of noise, against tar by kubectl exec", [Faster(Streamed, Staging, Exec), Peak]),
        new(Text, "stage one text of rows, against tar by kubectl exec", [Faster(Streamed, Staging, Exec), Peak]),
        new(Small, "stage small files, against kubectl cp", [Faster(Copied, Staging, Copy)]),
        new(Repeated, "push again with nothing changed", [Time(Unchanged, Again, First)]),
        new(Started, "start, against kubectl",
        [
            Time(Start, Version, Kubectl),
            new("binary MB", Megabytes, result => result.BinaryMegabytes) { IsAmount = true },
        ]),
        new(Validated, "validate a CSV file before the upload, against the ingestor and Sep's bare read",
        [
            Faster(OfSep, Validation, IngestScenario.Sep), Faster(OfIngestor, Validation, IngestServer.Product),
        ]),
    ];

    private static Bar<PushResult> Peak =>
        new($"peak MiB, {Staging}", PeakMiB, result => result.Race.Of(Staging)?.PeakMiB) { IsAmount = true };

    // Both do the same job: the ratio of their speeds is that of their times, the other way round.
    private static Bar<PushResult> Faster(double least, string one, string other) =>
        new($"speed, {one} / {other}", least, result => result.Race.Of(other)?.WallMs / result.Race.Of(one)?.WallMs)
        {
            IsLeast = true,
        };

    private static Bar<PushResult> Time(double most, string one, string other) =>
        new($"time, {one} / {other}", most, result => result.Race.Of(one)?.WallMs / result.Race.Of(other)?.WallMs);
}
