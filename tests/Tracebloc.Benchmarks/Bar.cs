namespace Tracebloc.Benchmarks;

/// <summary>A limit that a result must stay within.</summary>
/// <param name="Name">What is held against what.</param>
/// <param name="Limit">The largest value that passes.</param>
/// <param name="Actual">The value found.</param>
/// <param name="IsCount">Whether it was counted, and so is the same on every machine and in every run.</param>
internal sealed record Bar(string Name, double Limit, double Actual, bool IsCount)
{
    public bool Passes => Actual <= Limit;

    public static IEnumerable<Bar> Of(Result result) => Counted(result).Concat(Measured(result));

    private static IEnumerable<Bar> Counted(Result result)
    {
        var traffic = result.Traffic;
        yield return Count("GETs per workload", 1, (double)traffic.ApiReads / result.Scenario.Workloads.Count);
        yield return Count("writes", 0, traffic.ApiWrites);
        yield return Count("manifests downloaded", 0, traffic.Downloads);
        if (!result.Scenario.IsUsual)
            yield break;
        yield return Count("registry requests", 5, traffic.RegistryRequests);
        yield return Count("token requests", 2, traffic.TokenRequests);
    }

    private static IEnumerable<Bar> Measured(Result result)
    {
        var product = result.Product;
        if (result.Of(Contenders.Script) is { } script)
        {
            yield return Measure("wall / script", 1 / 3.0, product.WallMs / script.WallMs);
            yield return Measure("CPU / script", 1 / 4.0, product.CpuMs / script.CpuMs);
        }

        if (result.Of(Contenders.Bare) is { } bare)
            yield return Measure("wall / bare", 1.5, product.WallMs / bare.WallMs);
        if (result.Scenario.IsUsual)
            yield return Measure("peak MiB", 45, product.PeakMiB);
        // Fifty are over so soon that start-up decides; the bar is on what the requests cost.
        if (result.Scenario.ImageCount >= 500 && result.Of(Contenders.BareLoop) is { } loop)
            yield return Measure("wall / bare loop", 2, product.WallMs / loop.WallMs);
    }

    private static Bar Count(string name, double limit, double actual) => new(name, limit, actual, IsCount: true);

    private static Bar Measure(string name, double limit, double actual) => new(name, limit, actual, IsCount: false);
}
