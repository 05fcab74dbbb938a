using Tracebloc.Database;

namespace Tracebloc.JobsManager.Runs;

/// <summary>
/// The run table, <c>ingestion_runs</c>. Safe for concurrent use: each call has a session of its own.
/// </summary>
/// <remarks>Failures are <see cref="DatabaseException"/>.</remarks>
/// <param name="server">The server.</param>
/// <param name="deadlines">Null for the defaults.</param>
internal sealed class RunStore(DatabaseServer server, Deadlines? deadlines = null)
{
    private const int AlreadyThere = 1062;

    private const string IsOver = "state IN ('succeeded', 'failed', 'cancelled')";

    // A run that is submitted again and again is in use, and would begin anew once it was purged.
    private const string LastUse =
        $"COALESCE((SELECT GREATEST(again.seen_at, {RunSchema.Table}.ended_at) FROM {RunSchema.Replays} again "
        + $"WHERE again.run_key = {RunSchema.Table}.run_key), {RunSchema.Table}.ended_at)";

    private readonly TimeSpan _limit = (deadlines ?? new()).Statement;

    public DatabaseServer Server => server;

    /// <summary>The deletions of data sets, beside the runs.</summary>
    public DeletionStore Deletions { get; } = new(server, deadlines ?? new());

    /// <summary>Brings the table to its newest form, under a lock.</summary>
    public async Task MigrateAsync(CancellationToken token)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        await session.CreateDatabaseAsync(server.Options.Database, token);
        var name = LockName.Of("tracebloc/runs/", server.Options.Database, RunSchema.Table);
        await using var alone = await NamedLock.TryTakeAsync(server, name, TimeSpan.FromSeconds(30), token)
            ?? throw new DatabaseException(
                DatabaseFailure.Statement,
                $"Database {server.Options.Address}: another program changes the table {RunSchema.Table} for more "
                + "than 30 s; wait for it, then start again");
        await FormerRuns.PutAsideAsync(session, _limit, alone.Token);
        await Migrations.ApplyAsync(session, RunSchema.Prefix, RunSchema.Migrations, alone.Token);
    }

    public async Task<IngestionRun?> FindAsync(RunKey key, CancellationToken token) =>
        await QueryAsync($"SELECT {RunRow.ColumnsOfOne} FROM {RunSchema.Table} WHERE run_key = ?", token, key.Text)
            is [var run] ? run : null;

    /// <summary>
    /// The newest runs first; null: of every table. <see cref="RunRequest.Specification"/> is left empty.
    /// </summary>
    public Task<IReadOnlyList<IngestionRun>> ListAsync(
        string? table, int most, CancellationToken token) => table is null
        ? QueryAsync(
            $"SELECT {RunRow.ColumnsOfLists} FROM {RunSchema.Table} ORDER BY accepted_at DESC, run_key LIMIT ?",
            token, most)
        : QueryAsync(
            $"SELECT {RunRow.ColumnsOfLists} FROM {RunSchema.Table} WHERE table_name = ? "
            + "ORDER BY accepted_at DESC, run_key LIMIT ?",
            token, table, most);

    /// <summary>The numbers of runs and deletions in each state.</summary>
    public async Task<RunCounts> CountAsync(CancellationToken token)
    {
        var deletions = (await Deletions.ListAsync(token)).CountBy(each => RunRow.Word(each.State));
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        var counts = await session.QueryAsync(
            new SqlStatement(
                $"SELECT state, undo_state, COUNT(*) FROM {RunSchema.Table} GROUP BY state, undo_state")
            { Limit = _limit },
            row => (State: row.Text(0), Undo: row.Text(1), Count: row.Number(2)),
            token);
        return new RunCounts(
            counts.GroupBy(each => each.State).ToDictionary(each => each.Key, each => each.Sum(one => one.Count)),
            counts.GroupBy(each => each.Undo).ToDictionary(each => each.Key, each => each.Sum(one => one.Count)),
            deletions.ToDictionary(each => each.Key, each => (long)each.Value));
    }

    /// <summary>The runs that jobs-manager has to look after, the oldest first.</summary>
    public Task<IReadOnlyList<IngestionRun>> OpenRunsAsync(CancellationToken token) => QueryAsync(
        $"SELECT {RunRow.ColumnsOfLists} FROM {RunSchema.Table} WHERE state IN ('accepted', 'running') "
        + "OR undo_state = 'wanted' ORDER BY accepted_at, run_key",
        token);

    /// <summary>Finished runs that are too many, or too old; no more than 100.</summary>
    /// <remarks>A run that was submitted again after its end counts from then on.</remarks>
    /// <param name="kept">The runs that are kept, the newest of those that ended before the next parameter.</param>
    /// <param name="counted">Runs that ended later are kept whatever their number.</param>
    /// <param name="before">Runs that ended before are too old.</param>
    /// <param name="token">Ends the queries.</param>
    public async Task<IReadOnlyList<IngestionRun>> ExpiredRunsAsync(
        int kept, DateTimeOffset counted, DateTimeOffset before, CancellationToken token)
    {
        const int most = 100;
        const string finished =
            $"SELECT {RunRow.ColumnsOfLists} FROM {RunSchema.Table} WHERE {IsOver} AND undo_state <> 'wanted' ";
        var surplus = await QueryAsync(
            $"{finished}AND {LastUse} < ? ORDER BY {LastUse} DESC, run_key LIMIT ? OFFSET ?",
            token, RunRow.Time(counted), most, kept);
        var old = await QueryAsync(
            $"{finished}AND {LastUse} < ? ORDER BY {LastUse}, run_key LIMIT ?", token, RunRow.Time(before), most);
        return [.. surplus.Concat(old).DistinctBy(run => run.Key).Take(most)];
    }

    /// <summary>Adds a run; false where its key is there already.</summary>
    public async Task<bool> TryAddAsync(IngestionRun run, CancellationToken token)
    {
        var values = RunRow.Values(run);
        var marks = string.Join(", ", values.Select(_ => "?"));
        try
        {
            await ExecuteAsync(
                $"INSERT INTO {RunSchema.Table} ({RunRow.Columns}) VALUES ({marks})", token, values);
            return true;
        }
        catch (DatabaseException known) when (known.Number == AlreadyThere)
        {
            return false;
        }
    }

    /// <summary>Takes a run back of which no Job was made, if nothing has changed it.</summary>
    public async Task<bool> TryWithdrawAsync(IngestionRun added, CancellationToken token) => await ExecuteAsync(
        $"DELETE FROM {RunSchema.Table} WHERE run_key = ? AND revision = ? AND state = 'accepted' AND job_uid IS NULL",
        token, [added.Key.Text, added.Revision]) == 1;

    /// <summary>Writes a run's changing part, if the row is still as <paramref name="known"/> says.</summary>
    /// <returns>False where another writer was first: read it anew.</returns>
    public async Task<bool> TryChangeAsync(IngestionRun known, IngestionRun changed, CancellationToken token) =>
        await ExecuteAsync(
            $"UPDATE {RunSchema.Table} SET state = ?, undo_state = ?, job_uid = ?, started_at = ?, ended_at = ?, "
            + "summary = ?, error = ?, revision = revision + 1 "
            + "WHERE run_key = ? AND revision = ? AND state = ? AND undo_state = ?",
            token,
            [
                RunRow.Word(changed.State), RunRow.Word(changed.Undo), changed.JobUid,
                RunRow.Time(changed.StartedAt), RunRow.Time(changed.EndedAt), changed.Summary, changed.Error,
                known.Key.Text, known.Revision, RunRow.Word(known.State), RunRow.Word(known.Undo),
            ]) == 1;

    /// <summary>Notes that a run was submitted again.</summary>
    public async Task SeeAsync(RunKey key, DateTimeOffset at, CancellationToken token) => await ExecuteAsync(
        $"REPLACE INTO {RunSchema.Replays} (run_key, seen_at) VALUES (?, ?)", token, [key.Text, RunRow.Time(at)]);

    /// <summary>Forgets what was noted before a time: no run is kept for it any more.</summary>
    public async Task PurgeReplaysAsync(DateTimeOffset before, CancellationToken token) => await ExecuteAsync(
        $"DELETE FROM {RunSchema.Replays} WHERE seen_at < ?", token, [RunRow.Time(before)]);

    /// <summary>Deletes a finished run's row, if it is still as <paramref name="known"/> says.</summary>
    public async Task<bool> TryRemoveAsync(IngestionRun known, CancellationToken token) => await ExecuteAsync(
        $"DELETE FROM {RunSchema.Table} WHERE run_key = ? AND revision = ? AND {IsOver}",
        token, [known.Key.Text, known.Revision]) == 1;

    private async Task<IReadOnlyList<IngestionRun>> QueryAsync(
        string text, CancellationToken token, params IReadOnlyList<object?> values)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        return await session.QueryAsync(new SqlStatement(text, values) { Limit = _limit }, RunRow.Read, token);
    }

    private async Task<long> ExecuteAsync(
        string text, CancellationToken token, params IReadOnlyList<object?> values)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        return await session.ExecuteAsync(new SqlStatement(text, values) { Limit = _limit }, token);
    }
}
