using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>docs/ingestion.md: its run from a file to rows is one of the published program.</summary>
[Collection(RealDatabases.Collection)]
public sealed class RunPageTests(RealDatabases databases)
{
    private const string Category = "tabular_regression";

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
            .. ShownRun.Lines(
                $"{run.Error}{run.Output}$ mysql training_test_datasets -e '{Query}'\n"
                + await database.ShowAsync($"USE {name}; {Query}", Token)),
        ]);
        Assert.Single(scene.Backend.Datasets);
    }
}
