using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>Runs on a table that is there, as an earlier version created it or with narrower columns.</summary>
[Collection(RealDatabases.Collection)]
public sealed class ExistingTableRunTests(RealDatabases databases)
{
    private const string Standard =
        "id BIGINT AUTO_INCREMENT PRIMARY KEY, created_at DATETIME, updated_at DATETIME, status INT DEFAULT 0, "
        + "label VARCHAR(255), data_intent VARCHAR(100), data_id VARCHAR(255) NOT NULL UNIQUE, "
        + "filename VARCHAR(255), extension VARCHAR(10), annotation TEXT, ingestor_id VARCHAR(255)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_table_of_an_earlier_version_is_loaded_with_a_remark_on_each_column(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind, "area FLOAT, seen DATETIME, street VARCHAR(80)");

        var result = await scene.RunAsync("tabular_classification", "key");

        Assert.Equal(["1.5\t2024-05-01 10:00:00\tHigh"], await scene.QueryAsync(
            "SELECT area, seen, street FROM houses", Token));
        string[] remarks =
        [
            "Table houses, column area is float: values are rounded to 7 digits",
            "Table houses, column seen is datetime: fractions of a second are lost",
        ];
        Assert.All(remarks, remark => Assert.Contains(remark, result.Error, StringComparison.Ordinal));
        Assert.Equal(remarks, RemarksOf(result));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_narrower_column_is_refused_before_any_row_is_loaded(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind, "area INT, seen DATETIME, street VARCHAR(10)");

        var result = await scene.RunAsync("tabular_classification", "key", exit: 1);

        Assert.Contains(
            "Table houses differs: area is int", result.Error, StringComparison.Ordinal);
        Assert.Contains(
            "street is varchar(10), the data set needs varchar(80)", result.Error, StringComparison.Ordinal);
        Assert.Equal(["houses"], await scene.QueryAsync("SHOW TABLES", Token));
        Assert.Equal(["0"], await scene.QueryAsync("SELECT COUNT(*) FROM houses", Token));
        Assert.Empty(scene.Backend.Requests);
    }

    private static IEnumerable<string> RemarksOf(ProgramResult result) =>
        JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!["remarks"]!.AsArray().Select(one => (string)one!);

    private async Task<RunScene> SceneAsync(ServerKind kind, string columns)
    {
        var scene = await RunScene.StartAsync(databases[kind], Token);
        await File.WriteAllTextAsync(
            Path.Combine(scene.Example("tabular_classification"), "ingest.yaml"),
            """
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: tabular_classification
            table: houses
            intent: train
            csv: examples/tabular_classification/rows.csv
            label: kind
            schema: {area: FLOAT, seen: TIMESTAMP, street: VARCHAR(80)}
            """,
            Token);
        await File.WriteAllTextAsync(
            Path.Combine(scene.Example("tabular_classification"), "rows.csv"),
            "area,seen,street,kind\n1.5,2024-05-01 10:00:00.25,High,flat\n",
            Token);
        await scene.QueryAsync($"CREATE TABLE houses ({Standard}, {columns}) ENGINE=InnoDB", Token);
        return scene;
    }
}
