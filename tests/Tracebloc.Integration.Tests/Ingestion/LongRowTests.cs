using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>A row whose INSERT is longer than the packets that MariaDB takes by default.</summary>
[Collection(RealDatabases.Collection)]
public sealed class LongRowTests(RealDatabases databases)
{
    private const string Category = "tabular_classification";

    // A quote takes two bytes of a statement: 2 × 150 × 65,000 is more than 16 MiB.
    private const int Columns = 150, Quotes = 65_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_INSERT_its_line_is_named_and_nothing_is_left()
    {
        await using var scene = await SceneAsync();

        var result = (await scene.Start(Category, "key", ("MYSQL_LOAD", "insert")).Result).AssertExit(1);

        Assert.Contains("line 3: Its INSERT of 19,", result.Error, StringComparison.Ordinal);
        Assert.Contains(
            "is longer than the server's max_allowed_packet of 16,777,216; raise max_allowed_packet, or allow "
            + "local_infile",
            result.Error,
            StringComparison.Ordinal);
        Assert.Empty(await scene.QueryAsync("SHOW TABLES LIKE 'notes'", Token));
        Assert.Equal(["failed"], await scene.QueryAsync("SELECT phase FROM tracebloc_ingest_v1_runs", Token));
        Assert.Empty(scene.Backend.Requests);
        Assert.Empty(scene.Hidden());
    }

    [Fact]
    public async Task By_LOAD_DATA_LOCAL_it_is_loaded()
    {
        var database = databases[ServerKind.MariaDb];
        await database.AllowLocalInfileAsync(true, Token);
        try
        {
            await using var scene = await SceneAsync();

            (await scene.Start(Category, "key", ("MYSQL_LOAD", "local")).Result).AssertExit(0);

            Assert.Equal(["1\t1", $"{Quotes}\t{Quotes}"], await scene.QueryAsync(
                $"SELECT LENGTH(c0), LENGTH(c{Columns - 1}) FROM notes ORDER BY id", Token));
        }
        finally
        {
            await database.AllowLocalInfileAsync(false, CancellationToken.None);
        }
    }

    private async Task<RunScene> SceneAsync()
    {
        var scene = await RunScene.StartAsync(databases[ServerKind.MariaDb], Token);
        var columns = Enumerable.Range(0, Columns).Select(column => $"c{column}").ToList();
        var cell = new string('\'', Quotes);
        await File.WriteAllTextAsync(
            Path.Combine(scene.Example(Category), "ingest.yaml"),
            $$"""
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: {{Category}}
            table: notes
            intent: train
            csv: examples/{{Category}}/rows.csv
            label: kind
            schema: { {{string.Join(", ", columns.Select(name => $"{name}: TEXT"))}}, kind: CHAR(1) }
            """,
            Token);
        await File.WriteAllLinesAsync(
            Path.Combine(scene.Example(Category), "rows.csv"),
            [
                $"{string.Join(',', columns)},kind",
                $"{string.Join(',', columns.Select(_ => "x"))},a",
                $"{string.Join(',', columns.Select(_ => cell))},b",
            ],
            Token);
        return scene;
    }
}
