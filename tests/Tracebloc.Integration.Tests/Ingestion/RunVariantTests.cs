using System.Text.Json.Nodes;
using Tracebloc.Database;
using Tracebloc.Ingestor.Processors;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>Runs of the published program with processors, with staged files, and by each method of loading.</summary>
[Collection(RealDatabases.Collection)]
public sealed class RunVariantTests(RealDatabases databases)
{
    private const string Tabular = "tabular_regression", Images = "image_classification", Table = "leaves_train";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A wrapper on PATH, such as pyenv's, adds variables of its own.
    private static (string Name, string Value) Python => (
        "PYTHON",
        ProcessorHost.FindPython(null, $"/usr/bin:{Environment.GetEnvironmentVariable("PATH")}")
        ?? throw new InvalidOperationException("python3 is not installed; the tests of processors need it"));

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Rows_are_stored_as_their_processor_answers_them(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await ProcessAsync(scene, """
            class Clean:
                def __init__(self, least): self.least = least
                def process(self, row):
                    if int(row["rooms"]) < self.least: return None
                    return {**row, "street": row["street"].upper()}
            """);

        var result = (await scene.Start(Tabular, "key", Python).Result).AssertExit(0);

        Assert.Equal(["60\t4\t0"], await scene.QueryAsync(
            "SELECT COUNT(*), MIN(rooms), "
            + "SUM(CAST(street AS BINARY) <> CAST(UPPER(street) AS BINARY)) FROM houses_train", Token));
        Assert.Equal(60, scene.Backend.Labels.Count);
        var summary = JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!;
        Assert.Equal(
            (120, 60, 60), ((int)summary["total_records"]!, (int)summary["inserted_records"]!,
                (int)summary["skipped_records"]!));
        Assert.Empty(scene.Hidden());
    }

    [Fact]
    public async Task A_processor_that_dies_fails_the_run_before_anything_is_created()
    {
        await using var scene = await RunScene.StartAsync(databases[ServerKind.MySql], Token);
        await ProcessAsync(scene, """
            class Clean:
                def __init__(self, least): pass
                def process(self, row): raise ValueError("no such unit")
            """);

        var result = (await scene.Start(Tabular, "key", Python).Result).AssertExit(1);

        Assert.Contains("ValueError: no such unit", result.Error, StringComparison.Ordinal);
        Assert.Empty(await scene.QueryAsync("SHOW TABLES", Token));
        Assert.Empty(scene.Backend.Requests);
        Assert.Empty(scene.Hidden());
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Staged_files_are_moved_and_return_when_the_run_fails(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        Directory.CreateDirectory(Path.Combine(scene.Volume, ".tracebloc-staging"));
        Directory.Move(Path.Combine(scene.Example(Images), "images"), scene.Staged);
        await scene.WriteAsync(
            Images, "ingest.yaml", text => text.Replace($"examples/{Images}/images", ".tracebloc-staging/images"));
        var files = scene.StagedNames();
        Assert.NotEmpty(files);
        scene.Backend.Answer("/global_meta/", FakeReply.Of(400, "{}"));

        await scene.RunAsync(Images, "key", exit: 1);

        Assert.Equal(files, scene.StagedNames());
        Assert.Empty(scene.FilesOf(Table));
        await scene.RunAsync(Images, "key");
        Assert.Equal(files, scene.FilesOf(Table));
        Assert.Empty(scene.StagedNames());
        Assert.Empty(scene.Hidden());
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Methods), MemberType = typeof(RealDatabases))]
    public async Task The_method_of_loading_is_the_server_s_and_is_logged_with_its_reason(
        ServerKind kind, LoadMethod method)
    {
        var isAllowed = method == LoadMethod.LocalInfile;
        await databases[kind].AllowLocalInfileAsync(isAllowed, Token);
        await using var scene = await RunScene.StartAsync(databases[kind], Token);

        var result = await scene.RunAsync(Tabular, "key");

        Assert.Contains(
            isAllowed ? "Loading by LOAD DATA LOCAL: the server has local_infile=ON"
                : "Loading by INSERT: the server has local_infile=OFF",
            result.Error,
            StringComparison.Ordinal);
        var rows = await scene.QueryAsync(
            "SELECT COUNT(*), COUNT(DISTINCT data_id), SUM(rooms), COUNT(DISTINCT street) FROM houses_train", Token);
        Assert.Equal(["120\t120\t420\t4"], rows);
        await databases[kind].AllowLocalInfileAsync(false, Token);
    }

    private static async Task ProcessAsync(RunScene scene, string code)
    {
        await scene.WriteAsync(Tabular, "clean.py", _ => code);
        await scene.WriteAsync(Tabular, "ingest.yaml", text => text + $$"""

            spec:
              processors:
              - script: /data/shared/examples/{{Tabular}}/clean.py
                class: Clean
                args: {least: 4}
            """);
    }
}
