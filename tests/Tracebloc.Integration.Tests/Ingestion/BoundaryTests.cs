using System.Globalization;
using System.Text.Json.Nodes;
using Tracebloc.Database;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>Bins of test rows are those of the table's train rows.</summary>
[Collection(RealDatabases.Collection)]
public sealed class BoundaryTests(RealDatabases databases)
{
    private const string Category = "tabular_regression";

    // Far from evenly spread, so that bins of their own would differ: eleven below all cuts, nine above them.
    private static readonly double[] Prices =
        [.. Enumerable.Range(1, 11), .. Enumerable.Range(1, 9).Select(i => 1e9 + i)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Test_rows_are_cut_where_the_train_rows_were(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(Category, "train-key");
        var boundaries = await BoundariesAsync(scene);
        await WriteTestRowsAsync(scene);

        await scene.RunAsync(Category, "test-key");

        Assert.Equal(boundaries, await BoundariesAsync(scene));
        Assert.Equal(9, boundaries.Count);
        var rows = await scene.QueryAsync(
            "SELECT data_id, label, data_intent FROM houses_train ORDER BY id", Token);
        Assert.Equal(140, rows.Count);
        foreach (var row in rows.Select(row => row.Split('\t')))
        {
            var bin = row[1] == "NULL" ? -1
                : boundaries.Count(cut => cut <= double.Parse(row[1], CultureInfo.InvariantCulture));
            Assert.Equal($"{row[1]}: bin {bin}", $"{row[1]}: bin {scene.Backend.Labels[row[0]]}");
        }
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Test_rows_without_train_rows_are_refused_before_anything_is_created(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await WriteTestRowsAsync(scene);

        var result = await scene.RunAsync(Category, "test-key", exit: 1);

        Assert.Contains(
            "Table houses_train has no train rows with bins, whose boundaries test rows need; load the train rows "
            + "first, or write policy: passthrough",
            result.Error,
            StringComparison.Ordinal);
        Assert.Empty(await scene.QueryAsync("SHOW TABLES", Token));
        Assert.Empty(scene.Hidden());
    }

    private static async Task<IReadOnlyList<double>> BoundariesAsync(RunScene scene)
    {
        var json = Assert.Single(await scene.QueryAsync("SELECT boundaries FROM tracebloc_ingest_v1_tables", Token));
        return [.. JsonNode.Parse(json)!.AsArray().Select(
            cut => double.Parse($"{cut}", CultureInfo.InvariantCulture))];
    }

    private static async Task WriteTestRowsAsync(RunScene scene)
    {
        var rows = Prices.Select(price => string.Create(
            CultureInfo.InvariantCulture, $"3,40.5,Test Lane,2004-05-05,{price}\n"));
        await scene.WriteAsync(Category, "rows.csv", _ => $"rooms,area,street,sold,price\n{string.Concat(rows)}");
        await scene.WriteAsync(Category, "ingest.yaml", text => text.Replace("intent: train", "intent: test"));
    }
}
