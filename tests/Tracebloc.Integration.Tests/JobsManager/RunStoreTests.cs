using Tracebloc.Database;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>The run table on real servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class RunStoreTests(RealDatabases databases)
{
    // As versions before 2 made it.
    private const string Former =
        "CREATE TABLE ingestion_runs (idempotency_key VARCHAR(64) PRIMARY KEY, job_name VARCHAR(255)); "
        + "INSERT INTO ingestion_runs VALUES ('old', 'ingest-job-old')";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_run_is_read_as_it_was_added(ServerKind kind)
    {
        var store = await NewAsync(kind);
        var run = StoredRuns.New("run-7") with
        {
            StartedAt = StoredRuns.Time.AddTicks(10),
            Summary = "{}",
            Error = "é",
        };

        Assert.True(await store.TryAddAsync(run, Token));
        Assert.False(await store.TryAddAsync(run with { Image = "other" }, Token));

        Assert.Equal(run, await store.FindAsync(run.Key, Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Keys_and_tables_compare_byte_by_byte(ServerKind kind)
    {
        var store = await NewAsync(kind);
        await store.TryAddAsync(StoredRuns.New("Run"), Token);

        Assert.Null(await store.FindAsync(StoredRuns.Key("run"), Token));
        Assert.True(await store.TryAddAsync(StoredRuns.New("run"), Token));
        Assert.Empty(await store.ListAsync("HOUSES", 10, Token));
        Assert.Equal(2, (await store.ListAsync("houses", 10, Token)).Count);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_specification_of_the_longest_size_is_kept(ServerKind kind)
    {
        var store = await NewAsync(kind);
        var run = StoredRuns.New("long");
        run = run with { Request = run.Request with { Specification = new string('\'', 1 << 20) } };

        await store.TryAddAsync(run, Token);

        Assert.Equal(1 << 20, (await store.FindAsync(run.Key, Token))?.Request.Specification.Length);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Of_many_writers_of_one_state_one_succeeds(ServerKind kind)
    {
        var store = await NewAsync(kind);
        var run = StoredRuns.New("run-7");
        await store.TryAddAsync(run, Token);

        var changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            each => store.TryChangeAsync(run, RunChanges.Made(run, $"uid-{each}"), Token)));

        Assert.Single(changes, changed => changed);
        var read = await store.FindAsync(run.Key, Token);
        Assert.Equal(1, read?.Revision);
        Assert.False(await store.TryChangeAsync(run, RunChanges.Cancelled(run, StoredRuns.Time), Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Of_many_submissions_of_one_key_one_is_added(ServerKind kind)
    {
        var store = await NewAsync(kind);

        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => store.TryAddAsync(StoredRuns.New("run-7"), Token)));

        Assert.Single(added, each => each);
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task Lists_have_the_newest_first_and_open_runs_the_oldest(ServerKind kind)
    {
        var store = await NewAsync(kind);
        foreach (var (key, minute, state, undo) in ((string, int, RunState, UndoState)[])
        [
            ("a", 1, RunState.Succeeded, UndoState.None), ("b", 2, RunState.Failed, UndoState.Wanted),
            ("c", 3, RunState.Accepted, UndoState.None), ("d", 4, RunState.Cancelled, UndoState.Done),
        ])
            await store.TryAddAsync(
                StoredRuns.New(key) with
                {
                    AcceptedAt = StoredRuns.Time.AddMinutes(minute),
                    State = state,
                    Undo = undo,
                    EndedAt = state == RunState.Accepted ? null : StoredRuns.Time.AddMinutes(minute),
                },
                Token);

        Assert.Equal("dcb", Keys(await store.ListAsync(null, 3, Token)));
        Assert.Equal("bc", Keys(await store.OpenRunsAsync(Token)));
        Assert.Equal("a", Keys(await store.ExpiredRunsAsync(1, StoredRuns.Time.AddHours(1), StoredRuns.Time, Token)));
        Assert.Equal("", Keys(await store.ExpiredRunsAsync(0, StoredRuns.Time, StoredRuns.Time, Token)));
        Assert.Equal("a", Keys(await store.ExpiredRunsAsync(0, StoredRuns.Time.AddMinutes(3), StoredRuns.Time, Token)));
        Assert.Equal(
            "ad", Keys(await store.ExpiredRunsAsync(9, StoredRuns.Time, StoredRuns.Time.AddHours(1), Token)));
        await store.SeeAsync(StoredRuns.Key("a"), StoredRuns.Time, Token);
        Assert.Equal(
            "ad", Keys(await store.ExpiredRunsAsync(9, StoredRuns.Time, StoredRuns.Time.AddHours(1), Token)));
        await store.SeeAsync(StoredRuns.Key("a"), StoredRuns.Time.AddMinutes(9), Token);
        Assert.Equal("d", Keys(await store.ExpiredRunsAsync(1, StoredRuns.Time.AddHours(1), StoredRuns.Time, Token)));
        Assert.Equal(
            "d", Keys(await store.ExpiredRunsAsync(9, StoredRuns.Time, StoredRuns.Time.AddMinutes(9), Token)));
        await store.PurgeReplaysAsync(StoredRuns.Time.AddMinutes(10), Token);
        Assert.Equal("a", Keys(await store.ExpiredRunsAsync(1, StoredRuns.Time.AddHours(1), StoredRuns.Time, Token)));
        Assert.All(await store.ListAsync(null, 9, Token), run => Assert.Empty(run.Request.Specification));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_finished_run_is_removed_while_it_is_as_it_was_read(ServerKind kind)
    {
        var store = await NewAsync(kind);
        var (open, over) = (StoredRuns.New("open"), StoredRuns.New("over") with { State = RunState.Failed });
        await store.TryAddAsync(open, Token);
        await store.TryAddAsync(over, Token);

        Assert.False(await store.TryRemoveAsync(open, Token));
        Assert.False(await store.TryRemoveAsync(over with { Revision = 7 }, Token));
        Assert.True(await store.TryRemoveAsync(over, Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_run_is_taken_back_while_it_is_as_it_was_added(ServerKind kind)
    {
        var store = await NewAsync(kind);
        var (made, added) = (StoredRuns.New("made"), StoredRuns.New("added"));
        await store.TryAddAsync(made, Token);
        await store.TryAddAsync(added, Token);
        await store.TryChangeAsync(made, RunChanges.Made(made, "uid"), Token);

        Assert.False(await store.TryWithdrawAsync(made, Token));
        Assert.True(await store.TryWithdrawAsync(added, Token));
        Assert.Equal("made", Keys(await store.ListAsync(null, 9, Token)));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_table_of_an_older_version_is_put_aside_once_with_its_rows(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token);
        await RunAsync(kind, options, Former);
        var store = new RunStore(await RealDatabase.OpenAsync(options, Token));

        // Two new programs may start at once, and start again.
        await Task.WhenAll(store.MigrateAsync(Token), store.MigrateAsync(Token));
        await store.MigrateAsync(Token);

        Assert.Equal(
            ["old\tingest-job-old"], await RunAsync(kind, options, "SELECT * FROM ingestion_runs_before_2"));
        Assert.True(await store.TryAddAsync(StoredRuns.New("run-7"), Token));
        await store.MigrateAsync(Token);
        Assert.NotNull(await store.FindAsync(StoredRuns.Key("run-7"), Token));
    }

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task The_way_back_to_an_older_version_and_forth_again_loses_nothing(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token);
        var store = new RunStore(await RealDatabase.OpenAsync(options, Token));
        // As if this program had ended between the list of its migrations and the first of them.
        await RunAsync(kind, options, $"{Former.Replace("ingestion_runs", "ingestion_runs_before_2")}; {Former}");
        await RunAsync(
            kind, options, "CREATE TABLE ingestion_migrations (version INT PRIMARY KEY, name VARCHAR(100) NOT NULL, "
            + "checksum CHAR(64) NOT NULL, applied_at DATETIME(6) NOT NULL)");

        await store.MigrateAsync(Token);

        Assert.Equal(
            [
                "ingestion_deletions", "ingestion_migrations", "ingestion_replays", "ingestion_runs",
                "ingestion_runs_before_2", "ingestion_runs_before_2_2",
            ],
            (await RunAsync(kind, options, "SHOW TABLES")).Order());
        Assert.True(await store.TryAddAsync(StoredRuns.New("run-7"), Token));
    }

    private static string Keys(IEnumerable<IngestionRun> runs) => string.Concat(runs.Select(run => run.Key.Text));

    private async Task<RunStore> NewAsync(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token, isCreated: false);
        var store = new RunStore(await RealDatabase.OpenAsync(options, Token));
        await store.MigrateAsync(Token);
        return store;
    }

    private Task<IReadOnlyList<string>> RunAsync(ServerKind kind, DatabaseOptions options, string sql) =>
        databases[kind].RunAsync($"USE {options.Database}; {sql}", Token);
}
