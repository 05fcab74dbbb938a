namespace Tracebloc.Benchmarks.Ingest;

/// <summary>One of the questions about the ingestor's speed.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Subject">The job, in a phrase.</param>
/// <param name="Bars">The limits.</param>
internal sealed record IngestScenario(string Name, string Subject, IReadOnlyList<Bar<Race>> Bars)
{
    /// <summary>The beginning of all names; as <c>--only</c> it stands for all of them.</summary>
    public const string Group = "ingest";

    public const string Validated = $"{Group}-validate", MySql = $"{Group}-mysql", MariaDb = $"{Group}-mariadb",
        Memory = $"{Group}-memory", Files = $"{Group}-files";

    /// <summary>The contenders beside the ingestor and a server's client.</summary>
    public const string Sep = "sep-read", Copied = "copied", Moved = "moved", Cp = "cp -r",
        Local = "local", ManyLocal = "local, many", Insert = "insert", ManyInsert = "insert, many";

    private const double PeakMiB = 150, Flat = 1.1;

    public static IReadOnlyList<IngestScenario> All { get; } =
    [
        new(Validated, "validate a CSV file, against Sep's bare read", [Faster(0.25, IngestServer.Product, Sep)]),
        new(MySql, "load into MySQL, against its client", [Faster(0.6, IngestServer.Product, IngestServer.Client)]),
        new(MariaDb, "load into MariaDB, against its client", [Faster(0.6, IngestServer.Product, IngestServer.Client)]),
        new(Memory, "load by LOAD DATA LOCAL and by INSERT",
        [
            Peak(Local), Peak(ManyLocal), Same(ManyLocal, Local),
            Peak(Insert), Peak(ManyInsert), Same(ManyInsert, Insert),
        ]),
        new(Files, "copy and move files, against cp", [Faster(1, Copied, Cp), Faster(10, Moved, Cp)]),
    ];

    // Both do the same job: the ratio of their speeds is that of their times, the other way round.
    private static Bar<Race> Faster(double least, string one, string other) =>
        new($"speed, {one} / {other}", least, race => race.Of(other)?.WallMs / race.Of(one)?.WallMs) { IsLeast = true };

    private static Bar<Race> Peak(string one) => new($"peak MiB, {one}", PeakMiB, race => race.Of(one)?.PeakMiB);

    private static Bar<Race> Same(string many, string few) =>
        new($"peak, {many} / {few}", Flat, race => race.Of(many)?.PeakMiB / race.Of(few)?.PeakMiB);
}
