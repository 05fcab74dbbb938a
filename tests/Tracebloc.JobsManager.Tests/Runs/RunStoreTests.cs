using Tracebloc.Database;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Tests.Runs;

/// <summary>The store's own decisions; its statements are tested on real servers.</summary>
public sealed class RunStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_read_as_it_was_added()
    {
        await using var table = await FakeRunTable.StartAsync(Token);
        var run = Some.Run() with
        {
            Request = Some.Run(parallelism: 4).Request with
            {
                Specification = "a: 'it''s'\nb: \"C:\\new\"\nNULL 17 ', '\n",
                ImageDigest = "sha256:" + new string('c', 64),
                Overwrite = true,
            },
        };

        Assert.True(await table.Store.TryAddAsync(run, Token));

        Assert.Equal(run, await table.Store.FindAsync(run.Key, Token));
        Assert.Null(await table.Store.FindAsync(Some.Key("run-8"), Token));
    }

    [Fact]
    public async Task A_key_is_taken_once()
    {
        await using var table = await FakeRunTable.StartAsync(Token);

        Assert.True(await table.Store.TryAddAsync(Some.Run(), Token));
        Assert.False(await table.Store.TryAddAsync(Some.Run() with { Image = "other" }, Token));

        Assert.Equal(Some.Run(), await table.Store.FindAsync(Some.Key(), Token));
    }

    [Fact]
    public async Task Of_two_writers_the_second_is_asked_to_read_anew()
    {
        await using var table = await FakeRunTable.StartAsync(Token);
        var run = Some.Run();
        await table.Store.TryAddAsync(run, Token);
        var made = RunChanges.Made(run, "uid-1");

        Assert.True(await table.Store.TryChangeAsync(run, made, Token));
        Assert.False(await table.Store.TryChangeAsync(run, RunChanges.Cancelled(run, Some.Time), Token));

        Assert.Equal(made with { Revision = 1 }, await table.Store.FindAsync(run.Key, Token));
    }

    [Fact]
    public async Task An_open_run_is_never_removed()
    {
        await using var table = await FakeRunTable.StartAsync(Token);
        await table.Store.TryAddAsync(Some.Run(), Token);

        Assert.False(await table.Store.TryRemoveAsync(Some.Run(), Token));

        Assert.Equal(1, table.Count);
    }

    [Fact]
    public async Task A_lost_connection_is_a_failure_of_the_connection()
    {
        await using var table = await FakeRunTable.StartAsync(Token);
        table.CutAt = 1;

        var lost = await Assert.ThrowsAsync<DatabaseException>(() => table.Store.FindAsync(Some.Key(), Token));

        Assert.Equal(DatabaseFailure.Connection, lost.Failure);
    }

    [Fact]
    public async Task Migrations_are_applied_under_a_lock()
    {
        await using var table = await FakeRunTable.StartAsync(Token);

        await table.Store.MigrateAsync(Token);

        var sent = table.Sent.ToList();
        var locked = sent.FindIndex(text => text.Contains("GET_LOCK('tracebloc/runs/", StringComparison.Ordinal));
        Assert.InRange(locked, 0, At("information_schema.columns"));
        Assert.InRange(locked, 0, At("CREATE TABLE IF NOT EXISTS ingestion_runs"));

        int At(string part) => sent.FindIndex(text => text.Contains(part, StringComparison.Ordinal));
    }
}
