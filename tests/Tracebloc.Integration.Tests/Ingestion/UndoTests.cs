using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary><c>ingestor undo</c> on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class UndoTests(RealDatabases databases)
{
    private const string Category = "tabular_regression", Train = "train-key", Test = "test-key";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_key_of_which_the_journal_knows_nothing_is_no_failure_and_creates_nothing(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);

        (await scene.UndoAsync(Category, Train)).AssertExit(0);

        Assert.Empty(await scene.QueryAsync("SHOW TABLES", Token));
        Assert.Empty(scene.Backend.Requests);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_registered_run_is_not_undone(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(Category, Train);

        var result = (await scene.UndoAsync(Category, Train)).AssertExit(1);

        Assert.Contains(
            "Run train-key is complete, and nothing was undone; delete its data set instead", result.Error,
            StringComparison.Ordinal);
        Assert.Equal(["120"], await scene.QueryAsync("SELECT COUNT(*) FROM houses_train", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_test_rows_of_a_dead_run_go_and_the_train_rows_stay(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(Category, Train);
        await scene.WriteAsync(Category, "ingest.yaml", text => text.Replace("intent: train", "intent: test"));
        await KillAtFirstBatchAsync(scene);
        Assert.Equal(["240"], await scene.QueryAsync("SELECT COUNT(*) FROM houses_train", Token));

        (await scene.UndoAsync(Category, Test)).AssertExit(0);

        Assert.Equal(
            ["train\t120"],
            await scene.QueryAsync("SELECT data_intent, COUNT(*) FROM houses_train GROUP BY data_intent", Token));
        Assert.Equal(
            ["test-key\tfailed", "train-key\tregistered"],
            await scene.QueryAsync("SELECT run_key, phase FROM tracebloc_ingest_v1_runs ORDER BY run_key", Token));
        (await scene.UndoAsync(Category, Test)).AssertExit(0);
        await scene.RunAsync(Category, Test);
        Assert.Equal(["240"], await scene.QueryAsync("SELECT COUNT(DISTINCT data_id) FROM houses_train", Token));
    }

    private static async Task KillAtFirstBatchAsync(RunScene scene)
    {
        var started = new TaskCompletionSource<ChildProgram>();
        scene.Backend.Before = async _ => await (await started.Task).KillAsync();
        var child = scene.Start(Category, Test);
        started.SetResult(child);
        await child.Result;
        scene.Backend.Before = _ => Task.CompletedTask;
    }
}
