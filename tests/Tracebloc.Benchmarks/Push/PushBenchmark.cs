using System.Globalization;
using Tracebloc.Benchmarks.Ingest;

namespace Tracebloc.Benchmarks.Push;

/// <summary>Measures the published command line, one scenario after the other.</summary>
internal sealed class PushBenchmark(PushParts parts, Rounds rounds, PushSize size, Action<string> progress)
{
    private readonly Meter _meter = new(parts.Ingest.Meter);

    public async Task<IReadOnlyList<Result>> RunAsync(
        IReadOnlyList<PushScenario> scenarios, CancellationToken token)
    {
        var results = new List<Result>();
        var binary = new FileInfo(parts.CommandLine).Length / 1e6;
        foreach (var scenario in scenarios)
        {
            progress($"{scenario.Name}: {scenario.Subject}");
            var race = scenario.Name switch
            {
                PushScenario.Started => await StartedAsync(token),
                PushScenario.Validated => await ValidatedAsync(token),
                _ => await PushedAsync(scenario, token),
            };
            results.Add(new Result(
                scenario.Name, scenario.Subject, CountsOf(scenario), race.Measured,
                BarResult.Of(scenario.Bars, new PushResult(race, binary))));
        }

        return results;
    }

    private Dictionary<string, double> CountsOf(PushScenario scenario) => scenario.Name switch
    {
        PushScenario.Large or PushScenario.Text => new() { ["MB"] = size.LargeBytes / 1e6 },
        PushScenario.Validated => new() { ["rows"] = size.Rows },
        PushScenario.Started => new() { ["starts"] = size.Starts },
        _ => new() { ["files"] = size.Files, ["bytes of each"] = PushSize.SmallBytes },
    };

    private Task<Race> StartedAsync(CancellationToken token) => _meter.RaceAsync(
        [
            new Contender(PushScenario.Version, parts.CommandLine, "version"),
            new Contender(PushScenario.Kubectl, "kubectl", "version", "--client"),
        ],
        new Rounds(size.Starts, WarmUps: 3),
        token);

    private async Task<Race> ValidatedAsync(CancellationToken token)
    {
        using var volume = new IngestVolume(new IngestSize(size.Rows, size.Rows, Files: 1));
        var folder = volume.Houses(size.Rows);
        progress(string.Create(
            CultureInfo.InvariantCulture, $"{new FileInfo(Path.Combine(folder, "rows.csv")).Length / 1e6:0} MB"));
        var description = Path.Combine(folder, "ingest.yaml");
        return await _meter.RaceAsync(
            [
                new(PushScenario.Validation, parts.CommandLine, "ingest", "validate", description, "--data", folder),
                new(IngestServer.Product, parts.Ingest.Ingestor, "validate", description, "--data", folder),
                new(IngestScenario.Sep, parts.Ingest.Sep, Path.Combine(folder, "rows.csv")),
            ],
            rounds with { WarmUps = 1 },
            token);
    }

    private async Task<Race> PushedAsync(PushScenario scenario, CancellationToken token)
    {
        await using var stage = await PushStage.SetUpAsync(parts, token);
        var (sets, contenders) = (new PushSets(stage.Scratch, size), new PushContenders(stage, parts));
        var runs = new Dictionary<string, List<Measurement>>();
        for (var round = 0; round < rounds.Measured; round++)
        {
            var table = string.Create(CultureInfo.InvariantCulture, $"table_{round}");
            foreach (var contender in Contenders(table))
            {
                if (!runs.TryGetValue(contender.Name, out var measured)) runs[contender.Name] = measured = [];
                measured.Add(await _meter.RunAsync(contender, token));
            }

            // Of small files the deletion would slow down the next round: ext4 passes over the inodes for minutes.
            if (scenario.Name is PushScenario.Large or PushScenario.Text)
                foreach (var made in (string[])[table, Folder(table)]) stage.Remove(made);
        }

        return new Race([.. runs.Select(run => new Measured(run.Key, run.Value))]);

        Contender[] Contenders(string table) => scenario.Name switch
        {
            PushScenario.Large =>
                [contenders.Staging(sets.Large(), table), contenders.Exec(sets.Large(), Folder(table))],
            PushScenario.Text =>
                [contenders.Staging(sets.Text(), table), contenders.Exec(sets.Text(), Folder(table))],
            PushScenario.Small =>
                [contenders.Staging(sets.Small(), table), contenders.Copy(sets.Small(), Folder(table))],
            _ => [contenders.First(sets.Small(), table), contenders.Again(sets.Small(), table)],
        };
    }

    /// <summary>The folder of the volume that a round without a table writes to.</summary>
    private static string Folder(string table) => $"{table}_tar";
}
