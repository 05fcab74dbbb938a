using Tracebloc.Database;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>The published program from a file to rows, files and a registered data set, on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class RunTests(RealDatabases databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ServerKind, string> Examples => new(
        from kind in Enum.GetValues<ServerKind>()
        from example in IngestExample.Sound
        select (kind, example.Category));

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_example_is_loaded_and_registered_once(ServerKind kind, string category)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);

        var result = await scene.RunAsync(category, "key");
        var again = await scene.RunAsync(category, "key");

        Assert.Contains("INGESTION SUMMARY", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("Run key was registered before", again.Output, StringComparison.Ordinal);
        var run = Assert.Single(await scene.QueryAsync(
            "SELECT table_name, phase, row_count FROM tracebloc_ingest_v1_runs", Token)).Split('\t');
        var counts = Assert.Single(await scene.QueryAsync(
            $"SELECT COUNT(*), COUNT(DISTINCT data_id) FROM {run[0]}", Token)).Split('\t');
        Assert.Equal(("registered", run[2], run[2]), (run[1], counts[0], counts[1]));
        Assert.Equal(int.Parse(run[2]), scene.Backend.Labels.Count);
        Assert.Single(scene.Backend.Datasets);
        Assert.Empty(scene.Backend.Unexpected);
        Assert.Empty(scene.Hidden());
        Assert.DoesNotContain(scene.FilesOf(run[0]), name => name.StartsWith('.'));
    }

    [Fact]
    public async Task A_rejected_batch_takes_everything_back()
    {
        await using var scene = await RunScene.StartAsync(databases[ServerKind.MySql], Token);
        scene.Backend.Answer("/global_meta/leaves_train/", FakeReply.Of(400, """{"label":["unknown"]}"""));

        var result = await scene.RunAsync("image_classification", "key", exit: 1);

        Assert.Contains("failed: 400: {\"label\":[\"unknown\"]}", result.Error, StringComparison.Ordinal);
        Assert.Empty(await scene.QueryAsync("SHOW TABLES LIKE 'leaves_train'", Token));
        Assert.Equal(["failed"], await scene.QueryAsync("SELECT phase FROM tracebloc_ingest_v1_runs", Token));
        Assert.Empty(scene.FilesOf("leaves_train"));
        Assert.Empty(scene.Hidden());
        await scene.RunAsync("image_classification", "another-key");
    }

    [Fact]
    public async Task Invalid_data_creates_nothing_in_the_database()
    {
        await using var scene = await RunScene.StartAsync(databases[ServerKind.MySql], Token);
        await File.WriteAllTextAsync(
            Path.Combine(scene.Example("image_classification"), "rows.csv"),
            "filename,disease\nnone.jpeg,rust\n",
            Token);

        var result = await scene.RunAsync("image_classification", "key", exit: 1);

        Assert.Contains("none.jpeg", result.Output, StringComparison.Ordinal);
        Assert.Empty(await scene.QueryAsync("SHOW TABLES", Token));
        Assert.Empty(scene.Backend.Requests);
        Assert.Empty(scene.Hidden());
    }

    [Fact]
    public async Task A_given_folder_of_scratch_files_is_left_empty()
    {
        await using var scene = await RunScene.StartAsync(databases[ServerKind.MySql], Token);
        var scratch = Directory.CreateDirectory(Path.Combine(scene.Volume, "scratch"));

        (await scene.Start("tabular_regression", "key", ("TMPDIR", scratch.FullName)).Result).AssertExit(0);

        Assert.Empty(scratch.EnumerateFileSystemInfos());
        Assert.False(Directory.Exists(Path.Combine(scene.Volume, ".tracebloc")));
    }
}
