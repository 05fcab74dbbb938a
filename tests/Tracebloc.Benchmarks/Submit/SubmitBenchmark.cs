using Tracebloc.Benchmarks.Ingest;

namespace Tracebloc.Benchmarks.Submit;

/// <summary>Measures the published jobs-manager and the pods that it starts, one scenario after the other.</summary>
internal sealed class SubmitBenchmark(
    SubmitParts parts, IngestParts ingest, Rounds rounds, SubmitSize size, Action<string> progress)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1), ShortRest = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<Result>> RunAsync(
        IReadOnlyList<SubmitScenario> scenarios, CancellationToken token)
    {
        var results = new List<Result>();
        foreach (var scenario in scenarios)
        {
            progress($"{scenario.Name}: {scenario.Subject}");
            var race = scenario.Name switch
            {
                SubmitScenario.Accepted => await AcceptedAsync(token),
                SubmitScenario.Forwarded => await ForwardedAsync(token),
                SubmitScenario.Idle => await IdleAsync(token),
                _ => await ShardsAsync(token),
            };
            results.Add(new Result(
                scenario.Name, scenario.Subject, CountsOf(scenario), race.Measured,
                BarResult.Of(scenario.Bars, race)));
        }

        return results;
    }

    private Dictionary<string, double> CountsOf(SubmitScenario scenario) => scenario.Name switch
    {
        SubmitScenario.Accepted => new() { ["submissions"] = size.Submissions },
        SubmitScenario.Forwarded => new() { ["calls"] = size.Calls },
        SubmitScenario.Shards => new() { ["rows"] = size.Rows },
        _ => new() { ["processes"] = 2 },
    };

    private async Task<Race> AcceptedAsync(CancellationToken token)
    {
        await using var stage = await ServeStage.SetUpAsync(parts, token);
        return await new SubmitRace(stage).RunAsync(new Rounds(size.Submissions, WarmUps: 10), token);
    }

    private async Task<Race> ForwardedAsync(CancellationToken token)
    {
        await using var stage = await ProxyStage.SetUpAsync(parts, token);
        return await stage.RunAsync(new Rounds(size.Calls, WarmUps: 50), token);
    }

    private async Task<Race> IdleAsync(CancellationToken token)
    {
        await using var serve = await ServeStage.SetUpAsync(parts, token);
        await using var proxy = await ProxyStage.SetUpAsync(parts, token);
        using var rest = new PeriodicTimer(size == SubmitSize.Full ? Rest : ShortRest, TimeProvider.System);
        await rest.WaitForNextTickAsync(token);
        return new Race(
        [
            new Measured(SubmitScenario.Serve, [new Measurement(0, 0, serve.Server.MemoryMiB)]),
            new Measured(SubmitScenario.Proxy, [new Measurement(0, 0, proxy.Server.MemoryMiB)]),
        ]);
    }

    private async Task<Race> ShardsAsync(CancellationToken token)
    {
        using var volume = new IngestVolume(new IngestSize(size.Rows, size.Rows, Files: 1));
        var server = await IngestServer.OpenAsync(isMariaDb: false, ingest, volume, token);
        try
        {
            var folder = volume.Houses(size.Rows);
            return await new Meter(ingest.Meter).RaceAsync(
                [
                    server.Ingestor(SubmitScenario.OnePod, folder),
                    new ShardedIngestor(parts.Ingestor).Contender(
                        SubmitScenario.FourPods, server.Ingestor(SubmitScenario.FourPods, folder)),
                ],
                rounds,
                token);
        }
        finally
        {
            await server.CloseAsync();
        }
    }
}
