namespace Tracebloc.Benchmarks.Ticks;

/// <summary>The result of a tick with nothing to do.</summary>
internal sealed record TickResult(Scenario Scenario, Traffic Traffic, double BinaryMB, Race Race)
{
    public Measurement Product =>
        Race.Of(Contenders.Product) ?? throw new InvalidOperationException("It did not run.");

    public Result ToResult() => new(
        Scenario.Name,
        "nothing to do",
        new Dictionary<string, double>
        {
            ["images"] = Scenario.ImageCount,
            ["workloads"] = Scenario.Workloads.Count,
            ["API GETs"] = Traffic.ApiReads,
            ["API writes"] = Traffic.ApiWrites,
            ["registry requests"] = Traffic.RegistryRequests,
            ["token requests"] = Traffic.TokenRequests,
        },
        Race.Measured,
        BarResult.Of(TickBars.All, this));
}
