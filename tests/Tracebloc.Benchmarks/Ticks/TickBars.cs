namespace Tracebloc.Benchmarks.Ticks;

/// <summary>The limits of a tick with nothing to do.</summary>
internal static class TickBars
{
    public static IReadOnlyList<Bar<TickResult>> All { get; } =
    [
        Count("GETs per workload", 1, result => (double)result.Traffic.ApiReads / result.Scenario.Workloads.Count),
        Count("writes", 0, result => result.Traffic.ApiWrites),
        Count("manifests downloaded", 0, result => result.Traffic.Downloads),
        Count("registry requests", 5, result => result.Scenario.IsUsual ? result.Traffic.RegistryRequests : null),
        Count("token requests", 2, result => result.Scenario.IsUsual ? result.Traffic.TokenRequests : null),
        new("wall / script", 1 / 12.0, result => result.Product.WallMs / result.Race.Of(Contenders.Script)?.WallMs),
        new("CPU / script", 1 / 16.0, result => result.Product.CpuMs / result.Race.Of(Contenders.Script)?.CpuMs),
        new("wall / bare", 1.25, result => result.Product.WallMs / result.Race.Of(Contenders.Bare)?.WallMs),
        new("peak MiB", 20, result => result.Scenario.IsUsual ? result.Product.PeakMiB : null),
        new("binary MB", 14, result => result.Scenario.IsUsual ? result.BinaryMB : null),
        // Fifty are over so soon that start-up decides; the bar is on what the requests cost.
        new("wall / bare loop", 1.5, result => result.Scenario.ImageCount >= 500
            ? result.Product.WallMs / result.Race.Of(Contenders.BareLoop)?.WallMs
            : null),
    ];

    private static Bar<TickResult> Count(string name, double limit, Func<TickResult, double?> find) =>
        new(name, limit, find) { IsCount = true };
}
