using System.Text.RegularExpressions;
using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>docs/ingestion.md: its run from a file to rows is one of the published program.</summary>
[Collection(RealDatabases.Collection)]
public sealed partial class RunPageTests(RealDatabases databases)
{
    private const string Category = "tabular_regression";

    private const string ShownId = "8e5bf1b5-0c19-47be-9c37-fbdadc526f6a";

    private const string Query = "SELECT id, rooms, area, street, sold, label, data_id FROM houses_train LIMIT 4";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_documented_run_is_a_real_one()
    {
        var database = databases[ServerKind.MySql];
        await database.AllowLocalInfileAsync(true, Token);
        await using var scene = await RunScene.StartAsync(database, Token);

        var run = (await scene.Start(Category, "houses-1", ("BATCH_SIZE", "4000")).Result).AssertExit(0);

        var name = Assert.Single(await scene.QueryAsync("SELECT DATABASE()", Token));
        MarkedPage.Ingestion.VerifyBlock("ingestion-run",
        [
            "$ cat ingest.yaml",
            .. await File.ReadAllLinesAsync(Path.Combine(scene.Example(Category), "ingest.yaml"), Token),
            "$ head -n 4 rows.csv",
            .. (await File.ReadAllLinesAsync(Path.Combine(scene.Example(Category), "rows.csv"), Token)).Take(4),
            "$ ingestor run",
            .. Masked(run.Error),
            .. Masked(run.Output),
            $"$ mysql training_test_datasets -e '{Query}'",
            .. await database.ShowAsync($"USE {name}; {Query}", Token),
        ]);
        Assert.Single(scene.Backend.Datasets);
    }

    // The time, the id of the run and the seconds differ from run to run.
    private static IEnumerable<string> Masked(string text) =>
        Seconds().Replace(Id().Replace(Time().Replace(text, "10:15:00"), ShownId), "0.25").TrimEnd().Split('\n');

    [GeneratedRegex(@"(?m)^\d\d:\d\d:\d\d")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<=Ingestor ID: |""ingestor_id"":"")[0-9a-f-]{36}")]
    private static partial Regex Id();

    [GeneratedRegex(@"(?<=""(files_)?seconds"":)[0-9.]+")]
    private static partial Regex Seconds();
}
