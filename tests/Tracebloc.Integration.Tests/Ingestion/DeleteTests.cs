using Tracebloc.Database;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary><c>ingestor delete</c> on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class DeleteTests(RealDatabases databases)
{
    private const string Images = "image_classification";

    private const int Step = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_data_set_goes_with_its_files_and_can_be_loaded_again(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.RunAsync(Images, "images-1");
        await scene.RunAsync("tabular_regression", "rows-1");
        var table = Assert.Single(await scene.QueryAsync(
            "SELECT table_name FROM tracebloc_ingest_v1_runs WHERE run_key = 'images-1'", Token));
        var rows = await scene.QueryAsync($"SELECT COUNT(*) FROM {table}", Token);
        Assert.NotEmpty(scene.FilesOf(table));

        await DeleteAsync(scene, table);
        await DeleteAsync(scene, table);

        Assert.Empty(scene.FilesOf(table));
        Assert.Empty(scene.Hidden());
        Assert.Empty(await scene.QueryAsync($"SHOW TABLES LIKE '{table}'", Token));
        Assert.Equal(["rows-1"], await scene.QueryAsync("SELECT run_key FROM tracebloc_ingest_v1_runs", Token));
        Assert.Equal(["120"], await scene.QueryAsync("SELECT COUNT(*) FROM houses_train", Token));
        await scene.RunAsync(Images, "images-2");
        Assert.Equal(rows, await scene.QueryAsync($"SELECT COUNT(*) FROM {table}", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_table_of_another_program_stays(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        await scene.QueryAsync("CREATE TABLE accounts (id INT)", Token);

        await DeleteAsync(scene, "accounts");

        Assert.Equal(["accounts"], await scene.QueryAsync("SHOW TABLES", Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_deletion_that_is_killed_at_any_statement_is_completed_by_the_next(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        var kills = 0;
        for (var call = 1; ; call += Step, kills++)
        {
            await scene.RunAsync(Images, $"images-{call}");
            var table = Assert.Single(
                await scene.QueryAsync("SELECT table_name FROM tracebloc_ingest_v1_tables", Token));
            if (!await KillAsync(scene, table, call)) break;
            await DeleteAsync(scene, table);

            Assert.Empty(scene.FilesOf(table));
            Assert.Empty(scene.Hidden());
            Assert.Empty(await scene.QueryAsync("SELECT 1 FROM tracebloc_ingest_v1_runs", Token));
            Assert.Empty(await scene.QueryAsync($"SHOW TABLES LIKE '{table}'", Token));
        }

        Assert.InRange(kills, 5, 100);
    }

    private static async Task DeleteAsync(RunScene scene, string table) =>
        (await scene.StartDelete(table).Result).AssertExit(0);

    /// <returns>False where the deletion has fewer calls of the database.</returns>
    private static async Task<bool> KillAsync(RunScene scene, string table, int call)
    {
        var (counter, started) = (new CallCounter(), new TaskCompletionSource<ChildProgram>());
        counter.BeforeAsync = async each =>
        {
            if (each.Number == call) await (await started.Task).KillAsync();
        };
        var (proxy, variables) = await scene.ProxyAsync(counter, Token);
        await using (proxy)
        {
            var child = scene.StartDelete(table, variables);
            started.SetResult(child);
            await child.Result;
        }

        return counter.Count >= call;
    }
}
