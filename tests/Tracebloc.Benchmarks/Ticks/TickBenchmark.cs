using Tracebloc.Testing;

namespace Tracebloc.Benchmarks.Ticks;

/// <summary>Takes scenarios one by one: arranges, counts one tick's traffic, then measures.</summary>
internal sealed class TickBenchmark(TickParts parts, Rounds rounds, Action<string> progress)
{
    public async Task<IReadOnlyList<Result>> RunAsync(
        IReadOnlyList<Scenario> scenarios, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.SetUpAsync(parts.KubeConfig, cancellationToken);
        var results = new List<Result>();
        foreach (var scenario in scenarios)
            results.Add(await RunAsync(stage, scenario, cancellationToken));
        return results;
    }

    private async Task<Result> RunAsync(Stage stage, Scenario scenario, CancellationToken cancellationToken)
    {
        var meter = new Meter(parts.Meter);
        var contenders = new Contenders(parts, stage, scenario);
        progress($"{scenario.Name}: pushing {scenario.ImageCount} images");
        var records = await stage.ArrangeAsync(scenario, cancellationToken);
        progress($"{scenario.Name}: first observation, then a tick with nothing to do, counted");
        await meter.RunAsync(contenders.ImageRefresh(parts.KubeConfig), cancellationToken);
        await stage.CheckAsync(records, cancellationToken);
        var traffic = await CountAsync(stage, contenders, meter, cancellationToken);
        progress($"{scenario.Name}: measuring {rounds.Measured} rounds");
        var binary = new FileInfo(parts.ImageRefresh).Length / 1e6;
        var race = await meter.RaceAsync(contenders.All(), rounds, cancellationToken);
        return new TickResult(scenario, traffic, binary, race).ToResult();
    }

    /// <summary>
    /// Through a proxy, since the API server's own metrics cannot tell this client from its others; the measured runs
    /// go without.
    /// </summary>
    private static async Task<Traffic> CountAsync(
        Stage stage, Contenders contenders, Meter meter, CancellationToken cancellationToken)
    {
        var cluster = stage.Cluster;
        using var certificates = TestCertificates.Create();
        await using var api = await CountingProxy.StartAsync(
            cluster.Server, cluster.Authorities, certificates, new CallCounter(), cancellationToken);
        var counted = cluster with { Server = api.Address, CaPem = certificates.AuthorityPem };
        var tick = contenders.ImageRefresh(stage.Write("counted.kubeconfig", counted.ToKubeConfig()));
        var before = await stage.CountAsync(api, cancellationToken);
        await meter.RunAsync(tick, cancellationToken);
        return await stage.CountAsync(api, cancellationToken) - before;
    }
}
