namespace Tracebloc.Benchmarks.Sync;

/// <summary>Measures the published metadata-sync with a real API server and a real MySQL.</summary>
internal sealed class SyncBenchmark(SyncParts parts, Rounds rounds, SyncSize size, Action<string> progress)
{
    private const string WithFinalizer = "Experiment", Without = "Trial";

    // Each gets its finalizer by a call of its own.
    private const int HeldOneOf = 5;

    private SyncStage? _stage;
    private bool _isSynced;

    public async Task<IReadOnlyList<Result>> RunAsync(IReadOnlyList<SyncScenario> scenarios, CancellationToken token)
    {
        var results = new List<Result>();
        try
        {
            foreach (var scenario in scenarios)
            {
                progress($"{scenario.Name}: {scenario.Subject}");
                var found = await FindAsync(scenario.Name, token);
                results.Add(new Result(
                    scenario.Name, scenario.Subject, found.Counts, found.Race.Measured,
                    BarResult.Of(scenario.Bars, found)));
            }
        }
        finally
        {
            if (_stage is not null) await _stage.DisposeAsync();
        }

        return results;
    }

    private async Task<SyncFindings> FindAsync(string scenario, CancellationToken token)
    {
        if (scenario == SyncScenario.Hold) return await HoldAsync(token);
        var stage = await StageAsync(hasObjects: scenario != SyncScenario.Rows, token);
        switch (scenario)
        {
            case SyncScenario.First:
                _isSynced = true;
                return Of(await new FirstSync(stage, size).RunAsync(rounds, token));
            case SyncScenario.Rows:
                await new ManyRows(stage, size).MakeAsync(token);
                return Of(await new ListRace(stage, size).OfRowsAsync(ManyRows.Database, token)) with
                {
                    Counts = Count("rows", size.Rows),
                };
        }

        if (!_isSynced) await new FirstSync(stage, size).SyncAsync(token);
        _isSynced = true;
        switch (scenario)
        {
            case SyncScenario.Lag:
                return Of(await new LagRace(stage, size).RunAsync(FirstSync.Database, token));
            case SyncScenario.Restart:
                var (race, writes) = await new Restart(stage).RunAsync(FirstSync.Database, rounds, token);
                return new SyncFindings(
                    race, new Dictionary<string, double>(Of(race).Counts) { [SyncScenario.Writes] = writes });
            case SyncScenario.Etcd:
                return Of(await new ListRace(stage, size).OfEtcdAsync(FirstSync.Database, rounds, token));
            default:
                return await new WeekLoad(stage, size).RunAsync(FirstSync.Database, token);
        }
    }

    private SyncFindings Of(Race race) => new(race, Count(SyncScenario.Objects, size.Objects));

    private async Task<SyncFindings> HoldAsync(CancellationToken token)
    {
        var count = size.Objects / HeldOneOf;
        await using var stage = await SyncStage.SetUpAsync(parts, Without, token);
        await stage.AddAsync(count, isHeld: false, token);
        await stage.MakeDatabaseAsync("sync_benchmark_hold", token);
        await using var run = await stage.StartAsync("sync_benchmark_hold", token);
        await run.WrittenAsync(count, token);
        await run.SettledAsync(token);
        return new SyncFindings(
            new Race([new Measured(SyncScenario.Product, [run.Measurement])]), Count(SyncScenario.Objects, count));
    }

    private async Task<SyncStage> StageAsync(bool hasObjects, CancellationToken token)
    {
        _stage ??= await SyncStage.SetUpAsync(parts, WithFinalizer, token);
        if (hasObjects && !_stage.HasObjects)
        {
            progress($"adding {size.Objects} objects");
            await _stage.AddAsync(size.Objects, isHeld: true, token);
        }

        return _stage;
    }

    private static Dictionary<string, double> Count(string name, double count) => new() { [name] = count };
}
