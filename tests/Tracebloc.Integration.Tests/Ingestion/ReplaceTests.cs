using Tracebloc.Database;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The published program replaces a data set, on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class ReplaceTests(RealDatabases databases)
{
    private const string Rows = "tabular_regression", Houses = "houses_train";

    private static readonly (string Name, string Value) Overwrite = ("TRACEBLOC_INGEST_OVERWRITE", "1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_former_data_set_is_whole_until_the_new_one_is_registered(ServerKind kind)
    {
        await using var scene = await ReplaceScene.StartAsync(databases[kind]);
        var seen = new List<string>();
        scene.Run.Backend.Before = async _ => seen.Add(
            $"{Assert.Single(await scene.Run.QueryAsync($"SELECT COUNT(*) FROM {ReplaceScene.Table}", Token))} rows, "
            + $"{scene.Run.FilesOf(ReplaceScene.Table).Count} files");

        var result = (await scene.Start().Result).AssertExit(0);

        Assert.Contains("Run key has replaced the data set of run former", result.Error, StringComparison.Ordinal);
        Assert.Equal("3 rows, 6 files", Assert.Single(seen.Distinct()));
        await scene.AssertReplacedAsync(ReplaceScene.Key);
        Assert.StartsWith(
            "Run key was registered before", (await scene.Start().Result).AssertExit(0).Output,
            StringComparison.Ordinal);
        // Its key belongs to the former data set.
        await scene.Run.RunAsync(ReplaceScene.Category, ReplaceScene.Former, exit: 1);
        await scene.AssertReplacedAsync(ReplaceScene.Key);
    }

    [Theory]
    [InlineData(ServerKind.MySql, "/global_meta/roads_train/")]
    [InlineData(ServerKind.MariaDb, "/global_meta/global_metadata/")]
    public async Task A_rejected_call_leaves_the_former_data_set(ServerKind kind, string call)
    {
        await using var scene = await ReplaceScene.StartAsync(databases[kind]);
        scene.Run.Backend.Answer(call, FakeReply.Of(400, """{"label":["unknown"]}"""));

        (await scene.Start().Result).AssertExit(1);

        await scene.AssertFormerAsync();
        (await scene.Start(ReplaceScene.Other).Result).AssertExit(0);
        await scene.AssertReplacedAsync(ReplaceScene.Other);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_replacement_may_have_other_columns_and_the_same_rows_get_other_ids(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.WriteAsync(Rows, "ingest.yaml", text => text + "\ndata_id: {strategy: content_hash}\n");
        await scene.RunAsync(Rows, "former");
        await scene.WriteAsync(Rows, "ingest.yaml", text => text.Replace("area: DOUBLE", "area: VARCHAR(20)"));

        (await scene.Start(Rows, "key", Overwrite).Result).AssertExit(0);
        (await scene.Start(Rows, "key-2", Overwrite).Result).AssertExit(0);

        Assert.Equal(["varchar(20)"], await scene.QueryAsync(
            "SELECT column_type FROM information_schema.columns "
            + $"WHERE table_schema = DATABASE() AND table_name = '{Houses}' AND column_name = 'area'",
            Token));
        Assert.Equal(["120\t1\t120"], await scene.QueryAsync(
            $"SELECT COUNT(*), MIN(id), MAX(id) FROM {Houses}", Token));
        Assert.Equal(
            ["former\treplaced", "key\treplaced", "key-2\tregistered"],
            await scene.QueryAsync("SELECT run_key, phase FROM tracebloc_ingest_v1_runs ORDER BY run_key", Token));
        Assert.Equal(360, scene.Backend.Labels.Count);
        (await scene.StartDelete(Houses).Result).AssertExit(0);
        Assert.Empty(await scene.QueryAsync("SELECT 1 FROM tracebloc_ingest_v1_runs", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Test_rows_beside_the_train_rows_are_not_lost(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(Rows, "train");
        await scene.WriteAsync(Rows, "ingest.yaml", text => text.Replace("intent: train", "intent: test"));
        (await scene.Start(Rows, "test", Overwrite).Result).AssertExit(0);

        var result = (await scene.Start(Rows, "key", Overwrite).Result).AssertExit(1);

        Assert.Contains(
            "Table houses_train has the train rows of run train beside the test rows", result.Error,
            StringComparison.Ordinal);
        Assert.Equal(["240"], await scene.QueryAsync($"SELECT COUNT(*) FROM {Houses}", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Rows_without_files_take_the_place_of_rows_with_files(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.RunAsync("image_classification", "former");
        Assert.NotEmpty(scene.FilesOf("leaves_train"));
        await scene.WriteAsync(Rows, "ingest.yaml", text => text.Replace(Houses, "leaves_train"));

        (await scene.Start(Rows, "key", Overwrite).Result).AssertExit(0);

        Assert.Equal(["120"], await scene.QueryAsync("SELECT COUNT(*) FROM leaves_train", Token));
        Assert.False(Directory.Exists(Path.Combine(scene.Volume, "leaves_train")));
        Assert.Empty(scene.Hidden());
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task New_data_among_the_files_that_would_be_removed_is_refused(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.RunAsync("image_classification", "former");
        await scene.WriteAsync("image_classification", "ingest.yaml", text => text.Replace(
            "/data/shared/examples/image_classification/images", "/data/shared/leaves_train"));

        var result = (await scene.Start("image_classification", "key", Overwrite).Result).AssertExit(1);

        Assert.Contains("the folder of the data set that is replaced", result.Error, StringComparison.Ordinal);
        Assert.Equal(4, scene.FilesOf("leaves_train").Count);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Several_pods_load_a_replacement_together(ServerKind kind)
    {
        await using var scene = await SharedScene.StartAsync(databases[kind]);
        await scene.Run.RunAsync(Rows, "former");

        var results = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(pod => scene.Start(pod, 3, Overwrite).Result));

        Assert.All(results, result => result.AssertExit(0));
        Assert.Equal(["1000\t1000\t1\t1\t1000"], await scene.Run.QueryAsync(
            "SELECT COUNT(*), COUNT(DISTINCT data_id), COUNT(DISTINCT ingestor_id), MIN(id), MAX(id) "
            + $"FROM {SharedScene.Table}",
            Token));
        Assert.Equal(
            ["former\treplaced", "key\tregistered"],
            await scene.Run.QueryAsync(
                "SELECT run_key, phase FROM tracebloc_ingest_v1_runs ORDER BY run_key", Token));
    }
}
