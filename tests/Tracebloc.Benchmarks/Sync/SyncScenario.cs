namespace Tracebloc.Benchmarks.Sync;

/// <summary>One of the questions about the mirror of objects in MySQL.</summary>
/// <param name="Name">As <c>--only</c> takes it.</param>
/// <param name="Subject">The job, in a phrase.</param>
/// <param name="Bars">The limits.</param>
internal sealed record SyncScenario(string Name, string Subject, IReadOnlyList<Bar<SyncFindings>> Bars)
{
    /// <summary>The beginning of all names; as <c>--only</c> it stands for all of them.</summary>
    public const string Group = "sync";

    public const string First = $"{Group}-first", Hold = $"{Group}-hold", Lag = $"{Group}-lag",
        Restart = $"{Group}-restart", Rows = $"{Group}-rows", Etcd = $"{Group}-etcd", Load = $"{Group}-load";

    /// <summary>The contenders.</summary>
    public const string Product = "metadata-sync", Insert = "multi-row INSERT", ApiList = "list of the API server",
        Lags = "update until its row", Serve = "serve", Database = "database alone", ApiServer = "API server";

    /// <summary>The counts.</summary>
    public const string Objects = "objects", Writes = "rows written", Differences = "differences";

    private const double OfInserts = 0.5, LagMs = 100, ReadyMs = 15_000, MostMiB = 250, ListMs = 20, OfEtcd = 5;

    public static IReadOnlyList<SyncScenario> All { get; } =
    [
        new(First, "first sync of objects of 4 KB, against inserting the same rows from memory",
        [
            Least($"speed, {Product} / {Insert}", OfInserts, found => Ratio(found.Race, Insert, Product)),
            Least("objects/s", 5_000, found => 1000 * found.Counts[Objects] / found.Race.Of(Product)?.WallMs) with
            {
                IsAmount = true,
            },
            Amount("MiB", MostMiB, found => found.Race.Of(Product)?.PeakMiB),
        ]),
        new(Hold, "first sync of objects that lack the finalizer, until each has it and its row", []),
        new(Lag, "100 changes a second, each from the API server's answer until its row is there",
        [
            Amount("p99 ms", LagMs, found => found.Race.Quantile(Lags, 0.99)),
        ]),
        new(Restart, "restart with unchanged objects, until they were listed and compared",
        [
            Amount("ms", ReadyMs, found => found.Race.Of(Product)?.WallMs),
            Amount("rows written", 0, found => found.Counts[Writes]) with { IsCount = true },
            Amount("MiB", MostMiB, found => found.Race.Of(Product)?.PeakMiB),
        ]),
        new(Rows, "a list of 500 by label out of many rows, against the same list by SQL",
            [.. SyncLabel.All.Select(label => Amount(
                $"p99 ms beyond the database, label of {label.Share}", ListMs,
                found => Beyond(found.Race, label.Of(Serve), label.Of(Database))))]),
        new(Etcd, "a list of 500 by label from MySQL, against the API server's from etcd",
        [
            Least(
                $"speed, {Serve} / {ApiServer}, label of {SyncLabel.Rare.Share}", OfEtcd,
                found => Ratio(found.Race, SyncLabel.Rare.Of(ApiServer), SyncLabel.Rare.Of(Serve))),
        ]),
        new(Load, "200 changes a second while the program and its connections are killed",
            [Amount("differences after it", 0, found => found.Counts[Differences]) with { IsCount = true }]),
    ];

    private static Bar<SyncFindings> Least(string name, double limit, Func<SyncFindings, double?> find) =>
        new(name, limit, find) { IsLeast = true };

    private static Bar<SyncFindings> Amount(string name, double limit, Func<SyncFindings, double?> find) =>
        new(name, limit, find) { IsAmount = true };

    private static double? Ratio(Race race, string slow, string quick) =>
        race.Of(slow)?.WallMs / race.Of(quick)?.WallMs;

    // A difference below zero is noise: the limit is on what is added.
    private static double? Beyond(Race race, string one, string other) =>
        race.Quantile(one, 0.99) - race.Quantile(other, 0.99) is { } added ? Math.Max(added, 0.001) : null;
}
