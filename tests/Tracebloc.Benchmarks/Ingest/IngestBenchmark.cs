namespace Tracebloc.Benchmarks.Ingest;

/// <summary>Measures the published ingestor, one scenario after the other.</summary>
internal sealed class IngestBenchmark(IngestParts parts, Rounds rounds, Action<string> progress)
{
    private readonly Meter _meter = new(parts.Meter);

    public async Task<IReadOnlyList<Result>> RunAsync(
        IReadOnlyList<IngestScenario> scenarios, IngestSize size, CancellationToken token)
    {
        using var volume = new IngestVolume(size);
        var results = new List<Result>();
        foreach (var scenario in scenarios)
        {
            progress($"{scenario.Name}: {scenario.Subject}");
            results.Add(scenario.Name switch
            {
                IngestScenario.Validated => await ValidateAsync(scenario, volume, token),
                IngestScenario.Files => await WithServerAsync(
                    isMariaDb: false, volume, server => FilesAsync(scenario, server, volume, token), token),
                IngestScenario.Memory => await WithServerAsync(
                    isMariaDb: false, volume, server => MemoryAsync(scenario, server, volume, token), token),
                _ => await WithServerAsync(
                    scenario.Name == IngestScenario.MariaDb, volume,
                    server => LoadAsync(scenario, server, volume, token), token),
            });
        }

        return results;
    }

    private async Task<Result> WithServerAsync(
        bool isMariaDb, IngestVolume volume, Func<IngestServer, Task<Result>> race, CancellationToken token)
    {
        var server = await IngestServer.OpenAsync(isMariaDb, parts, volume, token);
        try
        {
            return await race(server);
        }
        finally
        {
            await server.CloseAsync();
        }
    }

    private async Task<Result> ValidateAsync(IngestScenario scenario, IngestVolume volume, CancellationToken token)
    {
        var folder = volume.Houses(volume.Size.Rows);
        Contender[] contenders =
        [
            new(IngestServer.Product, parts.Ingestor, "validate", $"{folder}/ingest.yaml", "--data", folder),
            new(IngestScenario.Sep, parts.Sep, $"{folder}/rows.csv"),
        ];
        return OfRows(scenario, volume, await _meter.RaceAsync(contenders, rounds, token));
    }

    private async Task<Result> LoadAsync(
        IngestScenario scenario, IngestServer server, IngestVolume volume, CancellationToken token)
    {
        var folder = volume.Houses(volume.Size.Rows);
        var product = server.Ingestor(IngestServer.Product, folder);
        // The client's table is one like the ingestor's.
        await _meter.RunAsync(product, token);
        var race = await _meter.RaceAsync([product, server.ByItself(folder)], rounds, token);
        await server.CheckAsync(volume.Size.Rows, token);
        return OfRows(scenario, volume, race);
    }

    // One run of each: a peak hardly differs from run to run, and the runs are long.
    private async Task<Result> MemoryAsync(
        IngestScenario scenario, IngestServer server, IngestVolume volume, CancellationToken token)
    {
        var (few, many) = (volume.Houses(volume.Size.Rows), volume.Houses(volume.Size.ManyRows));
        Contender[] contenders =
        [
            server.Ingestor(IngestScenario.Local, few),
            server.Ingestor(IngestScenario.ManyLocal, many),
            server.Ingestor(IngestScenario.Insert, few, isLocal: false),
            server.Ingestor(IngestScenario.ManyInsert, many, isLocal: false),
        ];
        var race = await _meter.RaceAsync(contenders, new Rounds(Measured: 1, WarmUps: 0), token);
        return OfRows(scenario, volume, race, ("many", volume.Size.ManyRows));
    }

    private async Task<Result> FilesAsync(
        IngestScenario scenario, IngestServer server, IngestVolume volume, CancellationToken token)
    {
        var race = await _meter.RaceAsync(new FileContenders(server, volume).All(), rounds, token);
        var counts = new Dictionary<string, double>
        {
            ["files"] = volume.Size.Files,
            ["bytes of each"] = IngestSize.FileBytes,
        };
        return new Result(
            scenario.Name, scenario.Subject, counts, race.Measured, BarResult.Of(scenario.Bars, race));
    }

    private static Result OfRows(
        IngestScenario scenario, IngestVolume volume, Race race, params (string Name, double Count)[] more)
    {
        var file = new FileInfo(Path.Combine(volume.Houses(volume.Size.Rows), "rows.csv"));
        var counts = new Dictionary<string, double>
        {
            ["rows"] = volume.Size.Rows,
            ["columns"] = HouseRows.Columns.Count,
            ["MB"] = file.Length / 1e6,
        };
        foreach (var (name, count) in more) counts.Add(name, count);
        return new Result(
            scenario.Name, scenario.Subject, counts, race.Measured, BarResult.Of(scenario.Bars, race));
    }
}
