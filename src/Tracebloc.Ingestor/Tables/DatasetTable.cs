using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestor.Tables;

/// <summary>Changes the table of a data set, for the owner of the table.</summary>
/// <param name="session">A session of the run's own.</param>
/// <param name="ownership">The right to the table.</param>
/// <param name="beside">The table that a run loads beside that one, in order to replace it; null: that one.</param>
internal sealed class DatasetTable(DatabaseSession session, TableOwnership ownership, string? beside = null)
{
    private const int TableExists = 1050;
    private const int DuplicateEntry = 1062;
    private const int NoSuchKey = 1176;

    /// <summary>The rows that one transaction deletes: short enough for every kind of replication.</summary>
    private const int Step = 20_000;

    private static readonly TimeSpan BuildLimit = TimeSpan.FromHours(6);

    private string Table => beside ?? ownership.Table;

    private string Name => SqlName.Quote(Table);

    /// <summary>Creates the table, and notes the run that did: undoing that run drops it.</summary>
    public async Task CreateAsync(TableShape shape, string runKey, CancellationToken token)
    {
        await ownership.ChangeAsync(session, Creator(runKey), token);
        try
        {
            await session.ExecuteAsync(new SqlStatement(TablePlan.Create(ownership.Table, shape)), token);
        }
        catch (DatabaseException other) when (other.Number == TableExists)
        {
            // Another program's: undoing this run must not drop it.
            await ownership.ChangeAsync(session, Creator(null), token);
            throw;
        }
    }

    /// <summary>The id that the first row of a run gets.</summary>
    public async Task<long> NextIdAsync(CancellationToken token) =>
        await session.FindAsync(
            new SqlStatement($"SELECT COALESCE(MAX(id), 0) + 1 FROM {Name}"), row => row.Number(0), token);

    /// <summary>The rows in the range of a run's ids, each of which the load has added as a new one.</summary>
    /// <param name="run">The run.</param>
    /// <param name="lastId">The id of its last row.</param>
    /// <param name="index">The index of <c>data_id</c>.</param>
    /// <param name="token">Ends the query.</param>
    public async Task<long> CountAsync(RunRecord run, long lastId, string index, CancellationToken token)
    {
        // Of a run that is most of the table, an index is read much faster than the rows.
        if (run.FirstId > lastId - run.FirstId + 1) return await CountByAsync("", run, lastId, token);
        try
        {
            return await CountByAsync($" FORCE INDEX ({SqlName.Quote(index)})", run, lastId, token);
        }
        catch (DatabaseException hidden) when (hidden.Number == NoSuchKey)
        {
            // It is invisible, or ignored: it keeps values unique, and no query may use it.
            return await CountByAsync("", run, lastId, token);
        }
    }

    private async Task<long> CountByAsync(string hint, RunRecord run, long lastId, CancellationToken token) =>
        await session.FindAsync(
            new SqlStatement(
                $"SELECT COUNT(*) FROM {Name}{hint} WHERE id BETWEEN ? AND ?", run.FirstId, lastId)
            { Limit = BuildLimit },
            row => row.Number(0),
            token);

    /// <summary>Adds the unique index where it is missing.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="IngestorException">An id occurs twice; the message has it.</exception>
    public async Task<string> AddUniqueAsync(CancellationToken token)
    {
        if (await TableFacts.ReadAsync(session, Table, token) is { UniqueIndex: { } there })
            return there;
        await ownership.Fence.CheckAsync(session, token);
        try
        {
            await session.ExecuteAsync(
                new SqlStatement(TablePlan.AddUnique(Table)) { Limit = BuildLimit }, token);
            return TablePlan.UniqueName;
        }
        catch (DatabaseException twice) when (twice.Number == DuplicateEntry)
        {
            throw new IngestorException(
                IngestorExit.Failed,
                $"Table {ownership.Table}: an id occurs twice: {twice.ServerMessage}; choose a data_id column without "
                + "repeated values",
                twice)
            {
                IsFinal = true,
            };
        }
    }

    /// <summary>Takes the rows of a run back. Can be repeated after a kill at any moment.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isDropped">True where the run created the table and no registered run has rows in it.</param>
    /// <param name="token">Ends the work between two transactions.</param>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    public async Task UndoAsync(RunRecord run, bool isDropped, CancellationToken token)
    {
        await new RunJournal(session, ownership, run.Key).UndoingAsync(token);
        if (isDropped)
        {
            await ownership.Fence.CheckAsync(session, token);
            await session.ExecuteAsync(new SqlStatement($"DROP TABLE IF EXISTS {Name}") { Limit = BuildLimit }, token);
            await ownership.ChangeAsync(session, Creator(null), token);
            return;
        }

        if (await TableFacts.ReadAsync(session, ownership.Table, token) is null) return;
        var delete = new SqlStatement(
            $"DELETE FROM {Name} WHERE id BETWEEN ? AND ? AND ingestor_id = ? ORDER BY id LIMIT {Step}",
            run.FirstId, run.LastId ?? long.MaxValue, run.IngestorId)
        { Limit = TimeSpan.FromMinutes(10) };
        while (await ownership.ChangeAsync(session, delete, token) == Step)
        {
        }
    }

    /// <summary>A batch of a run's rows in the order of their ids, which is not that of the source.</summary>
    /// <param name="run">The run.</param>
    /// <param name="batch">Counted from 0.</param>
    /// <param name="size">The rows of a batch.</param>
    /// <param name="after">The last id of the batch before; null where that is not known.</param>
    /// <param name="token">Ends the query.</param>
    public Task<IReadOnlyList<StoredRow>> BatchAsync(
        RunRecord run, int batch, int size, string? after, CancellationToken token) => session.QueryAsync(
            new SqlStatement(
                $"SELECT data_id, label FROM {Name} WHERE ingestor_id = ? {(after is null ? "" : "AND data_id > ? ")}"
                + "ORDER BY data_id LIMIT ? OFFSET ?",
                after is null ? [run.IngestorId, size, (long)batch * size] : [run.IngestorId, after, size, 0])
            {
                Limit = TimeSpan.FromMinutes(10),
            },
            row => new StoredRow(row.Text(0), row.TextOrNull(1)),
            token);

    private SqlStatement Creator(string? runKey) => new(
        $"UPDATE {JournalSchema.Tables} SET created_by = ? WHERE table_name = ?", runKey, ownership.Table);
}
