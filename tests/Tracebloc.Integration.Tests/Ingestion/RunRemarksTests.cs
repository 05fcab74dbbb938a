using System.Text.Json.Nodes;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Volume;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>Summaries of later attempts, rows of processors, and scratch that a killed run has left.</summary>
[Collection(RealDatabases.Collection)]
public sealed class RunRemarksTests(RealDatabases databases)
{
    private const string Category = "tabular_classification";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_summary_of_a_resumed_run_has_the_remarks_of_its_first_attempt(ServerKind kind)
    {
        await using var scene = await SceneAsync(kind, "city,kind\n Ulm,a\nNA,b\n");
        await KillAtFirstCallAsync(scene);

        var result = await scene.RunAsync(Category, "key");

        Assert.DoesNotContain("Validating", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Column city: 1 cell became NULL (\"NA\" 1)",
                "Column city: 1 value lost the blanks around it",
            ],
            SummaryOf(result)["remarks"]!.AsArray().Select(one => (string)one!));
    }

    [Fact]
    public async Task A_run_that_registered_nothing_states_it_when_it_is_started_again()
    {
        await using var scene = await SceneAsync(ServerKind.MySql, "city,kind\nUlm,a\n");
        (await scene.Start(Category, "key", ("CLIENT_ENV", "local")).Result).AssertExit(0);

        var again = await scene.RunAsync(Category, "key");

        Assert.StartsWith(
            "Run key was loaded before with CLIENT_ENV=local, which registers nothing; nothing was changed\n",
            again.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rows_that_a_processor_wrote_are_loaded()
    {
        await using var scene = await SceneAsync(
            ServerKind.MySql, "city,kind\nulm,a\n,b\nbonn,b\n",
            "spec: {processors: [{script: examples/tabular_classification/clean.py, class: Clean}]}");
        await File.WriteAllTextAsync(
            Path.Combine(scene.Example(Category), "clean.py"),
            """
            class Clean:
                def process(self, row):
                    return {**row, "city": row["city"].upper()} if row["city"] else None
            """,
            Token);

        var result = (await scene.Start(Category, "key", ("PATH", "/usr/bin:/bin")).Result).AssertExit(0);

        Assert.Equal(["ULM", "BONN"], await scene.QueryAsync("SELECT city FROM towns ORDER BY id", Token));
        var summary = SummaryOf(result);
        Assert.Equal(
            (3, 2, 1),
            ((int)summary["total_records"]!, (int)summary["inserted_records"]!, (int)summary["skipped_records"]!));
        Assert.Empty(scene.Hidden());
    }

    [Fact]
    public async Task Scratch_of_a_killed_run_is_removed_by_the_next_one_of_any_key()
    {
        await using var scene = await SceneAsync(ServerKind.MySql, "city,kind\nUlm,a\n");
        var database = new DatabaseSettings
        {
            Host = "127.0.0.1",
            Port = databases[ServerKind.MySql].Port,
            User = "any",
            Password = new Secret("none"),
            Name = Assert.Single(await scene.QueryAsync("SELECT DATABASE()", Token)),
            Wait = TimeSpan.Zero,
        };
        var hidden = Path.Combine(scene.Volume, ".tracebloc");
        var (dead, other) = (
            new RunScratch(hidden, database, "towns", Guid.NewGuid()),
            new RunScratch(hidden, database, "cities", Guid.NewGuid()));
        dead.Make();
        other.Make();

        await scene.RunAsync(Category, "key");

        Assert.Equal([other.Folder], scene.Hidden());
    }

    private static JsonNode SummaryOf(ProgramResult result) =>
        JsonNode.Parse(result.Output.TrimEnd().Split('\n')[^1])!;

    private static async Task KillAtFirstCallAsync(RunScene scene)
    {
        var started = new TaskCompletionSource<ChildProgram>();
        scene.Backend.Before = async _ => await (await started.Task).KillAsync();
        var child = scene.Start(Category, "key");
        started.SetResult(child);
        await child.Result;
        scene.Backend.Before = _ => Task.CompletedTask;
        Assert.Equal(["loaded"], await scene.QueryAsync("SELECT phase FROM tracebloc_ingest_v1_runs", Token));
    }

    private async Task<RunScene> SceneAsync(ServerKind kind, string rows, string keys = "")
    {
        var scene = await RunScene.StartAsync(databases[kind], Token);
        await File.WriteAllTextAsync(
            Path.Combine(scene.Example(Category), "ingest.yaml"),
            $$"""
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: {{Category}}
            table: towns
            intent: train
            csv: examples/{{Category}}/rows.csv
            label: kind
            schema: {city: VARCHAR(20), kind: CHAR(1)}
            {{keys}}
            """,
            Token);
        await File.WriteAllTextAsync(Path.Combine(scene.Example(Category), "rows.csv"), rows, Token);
        return scene;
    }
}
