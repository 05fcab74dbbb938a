using Tracebloc.Database;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Runs;

/// <summary>The deletions of data sets, <c>ingestion_deletions</c>. Safe for concurrent use.</summary>
/// <remarks>Failures are <see cref="DatabaseException"/>.</remarks>
internal sealed class DeletionStore(DatabaseServer server, Deadlines deadlines)
{
    private const int LongestError = 4_000;

    private const string Columns =
        "deletion_id, table_name, caller, namespace, image, requested_at, state, ended_at, error";

    public Task AddAsync(DatasetDeletion deletion, CancellationToken token) => ExecuteAsync(
        $"INSERT INTO {RunSchema.Deletions} ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        token,
        deletion.Id, deletion.Table, deletion.Caller, deletion.Namespace, deletion.Image,
        RunRow.Time(deletion.RequestedAt), RunRow.Word(deletion.State), RunRow.Time(deletion.EndedAt), deletion.Error);

    /// <summary>The first deletion of a table that is under way; null for none.</summary>
    public async Task<DatasetDeletion?> WantedAsync(string table, CancellationToken token) => await QueryAsync(
        $"SELECT {Columns} FROM {RunSchema.Deletions} WHERE table_name = ? AND state = 'wanted' "
        + "ORDER BY requested_at, deletion_id LIMIT 1",
        token, table) is [var wanted] ? wanted : null;

    /// <summary>A deletion of a table that is under way, else the last one; null where there was none.</summary>
    public async Task<DatasetDeletion?> LastAsync(string table, CancellationToken token) => await QueryAsync(
        $"SELECT {Columns} FROM {RunSchema.Deletions} WHERE table_name = ? "
        + "ORDER BY state = 'wanted' DESC, requested_at DESC LIMIT 1",
        token, table) is [var last] ? last : null;

    /// <summary>The deletions that are under way, and those that failed and are the last of their table.</summary>
    /// <returns>The oldest first, and those that are under way after the others.</returns>
    public Task<IReadOnlyList<DatasetDeletion>> ListAsync(CancellationToken token) => QueryAsync(
        $"SELECT {Columns} FROM {RunSchema.Deletions} WHERE state = 'wanted' OR (state = 'failed' AND NOT EXISTS ("
        + $"SELECT 1 FROM {RunSchema.Deletions} later WHERE later.table_name = {RunSchema.Deletions}.table_name "
        + $"AND later.requested_at > {RunSchema.Deletions}.requested_at)) "
        + "ORDER BY state = 'wanted', requested_at, deletion_id",
        token);

    /// <summary>Writes the present difficulty of a deletion that is under way; null: it has none.</summary>
    public Task TroubleAsync(DatasetDeletion deletion, string? error, CancellationToken token) => ExecuteAsync(
        $"UPDATE {RunSchema.Deletions} SET error = ? WHERE deletion_id = ? AND state = 'wanted'",
        token, error is null ? null : Line.Of(error, LongestError), deletion.Id);

    /// <summary>Ends a deletion that is under way.</summary>
    /// <param name="deletion">The deletion.</param>
    /// <param name="error">The reason of its failure; null: it has succeeded.</param>
    /// <param name="at">The time.</param>
    /// <param name="token">Ends the statement.</param>
    public Task EndAsync(DatasetDeletion deletion, string? error, DateTimeOffset at, CancellationToken token) =>
        ExecuteAsync(
            $"UPDATE {RunSchema.Deletions} SET state = ?, ended_at = ?, error = ? "
            + "WHERE deletion_id = ? AND state = 'wanted'",
            token,
            RunRow.Word(error is null ? DeletionState.Done : DeletionState.Failed), RunRow.Time(at),
            error is null ? null : Line.Of(error, LongestError), deletion.Id);

    /// <summary>Removes the deletions that ended before a time and by which no run is known as deleted.</summary>
    public Task PurgeAsync(DateTimeOffset before, CancellationToken token) => ExecuteAsync(
        $"DELETE FROM {RunSchema.Deletions} WHERE ended_at < ? AND (state <> 'done' OR NOT EXISTS ("
        + $"SELECT 1 FROM {RunSchema.Table} kept WHERE kept.table_name = {RunSchema.Deletions}.table_name "
        + $"AND kept.accepted_at <= {RunSchema.Deletions}.requested_at))",
        token, RunRow.Time(before));

    private static DatasetDeletion Read(SqlRow row) => new()
    {
        Id = row.Text(0),
        Table = row.Text(1),
        Caller = row.Text(2),
        Namespace = row.Text(3),
        Image = row.Text(4),
        RequestedAt = row.Time(5),
        State = Enum.Parse<DeletionState>(row.Text(6), ignoreCase: true),
        EndedAt = row.IsNull(7) ? null : row.Time(7),
        Error = row.TextOrNull(8),
    };

    private async Task<IReadOnlyList<DatasetDeletion>> QueryAsync(
        string text, CancellationToken token, params IReadOnlyList<object?> values)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        return await session.QueryAsync(new SqlStatement(text, values) { Limit = deadlines.Statement }, Read, token);
    }

    private async Task ExecuteAsync(string text, CancellationToken token, params IReadOnlyList<object?> values)
    {
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        await session.ExecuteAsync(new SqlStatement(text, values) { Limit = deadlines.Statement }, token);
    }
}
