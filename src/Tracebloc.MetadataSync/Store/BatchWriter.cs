using Tracebloc.Database;

namespace Tracebloc.MetadataSync.Store;

/// <summary>Writes a batch of one kind within a transaction.</summary>
internal sealed class BatchWriter(StoredKind kind, StatementBudget budget)
{
    private readonly EntryTable _labels = new(kind.Kind.LabelsTable);
    private readonly EntryTable _annotations = new(kind.Kind.AnnotationsTable);

    /// <returns>The outcome of each write.</returns>
    /// <exception cref="DatabaseException">A statement failed.</exception>
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        DatabaseSession session, IReadOnlyList<RowWrite> writes, WriteMode mode, DateTimeOffset now,
        CancellationToken token)
    {
        string[] uids = [.. writes.Select(write => write.Object.Uid).Distinct().Order(StringComparer.Ordinal)];
        var stored = await session.QueryAsync(kind.Rows(uids, locks: true), StoredKind.Row, token);
        var plan = WritePlan.Of(
            writes, stored.ToDictionary(row => row.Uid), new WriteRule(kind.Kind, mode, now));
        await InsertAsync(session, plan.Inserts, now, token);
        await RunAsync(session, kind.Update.Statements(Values(plan.Updates, now), budget), token);
        await WriteEntriesAsync(session, _labels, plan, row => row.Object.Labels, token);
        await WriteEntriesAsync(session, _annotations, plan, row => row.Object.Annotations, token);
        return plan.Outcomes;
    }

    private async Task InsertAsync(
        DatabaseSession session, IReadOnlyList<PlannedRow> rows, DateTimeOffset now, CancellationToken token)
    {
        try
        {
            await RunAsync(session, kind.Insert.Statements(Values(rows, now), budget), token);
        }
        catch (DatabaseException race) when (ContentErrors.IsRace(race))
        {
            // READ COMMITTED locks no row that does not exist. The transaction is repeated, and finds it.
            throw new DatabaseException(DatabaseFailure.Conflict, race.Message, race) { Number = race.Number };
        }
    }

    private async Task WriteEntriesAsync(
        DatabaseSession session, EntryTable table, WritePlan plan,
        Func<PlannedRow, IReadOnlyDictionary<string, string>> entries, CancellationToken token)
    {
        string[] changed = [.. plan.Updates.Select(row => row.Uid)];
        var stored = changed.Length == 0 ? [] : await session.QueryAsync(table.Rows(changed), EntryTable.Row, token);
        var difference = EntryDifference.Of(
            stored, [.. plan.Inserts.Concat(plan.Updates).Select(row => (row.Uid, entries(row)))]);
        await RunAsync(session, table.Statements(difference, budget), token);
    }

    private IEnumerable<object?[]> Values(IEnumerable<PlannedRow> rows, DateTimeOffset now) =>
        rows.Select(row => kind.Values(row, now));

    private static async Task RunAsync(
        DatabaseSession session, IEnumerable<SqlStatement> statements, CancellationToken token)
    {
        foreach (var statement in statements)
            await session.ExecuteAsync(statement, token);
    }
}
