using Tracebloc.Database;

namespace Tracebloc.Ingestor.Tables;

/// <summary>Reads the journal, of which nothing may exist yet. A failed query is an error, never an absence.</summary>
internal sealed class JournalReader(DatabaseSession session)
{
    private const string Columns =
        "SELECT run_key, table_name, intent, ingestor_id, spec_digest, source_mark, phase, first_id, last_id, "
        + "row_count, arrived, batches, open_batch, calls, folder, started_at, error, summary "
        + $"FROM {JournalSchema.Runs} ";

    /// <summary>The run of a key; null when the journal has none.</summary>
    public async Task<RunRecord?> FindAsync(string key, CancellationToken token) =>
        await ExistsAsync(token)
            ? await session.FindAsync(new SqlStatement($"{Columns}WHERE run_key = ?", key), ReadRun, token) : null;

    /// <summary>The runs of a table, the oldest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> OfTableAsync(string table, CancellationToken token) =>
        await ExistsAsync(token)
            ? await session.QueryAsync(
                new SqlStatement($"{Columns}WHERE table_name = ? ORDER BY started_at, run_key", table), ReadRun, token)
            : [];

    /// <summary>A table's record; null when the journal has none.</summary>
    public async Task<TableRecord?> TableAsync(string table, CancellationToken token) =>
        await ExistsAsync(token)
            ? await session.FindAsync(
                new SqlStatement(
                    "SELECT table_name, salt, created_by, boundaries "
                    + $"FROM {JournalSchema.Tables} WHERE table_name = ?",
                    table),
                row => new TableRecord(
                    row.Text(0), row.BytesOrNull(1) ?? [], row.TextOrNull(2), row.TextOrNull(3)),
                token)
            : null;

    // Both tables, since the migration may have been killed between them.
    private async Task<bool> ExistsAsync(CancellationToken token) =>
        session.HasDatabase && await session.FindAsync(
            new SqlStatement(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() "
                + "AND table_name IN (?, ?)",
                JournalSchema.Tables, JournalSchema.Runs),
            row => row.Number(0),
            token) == 2;

    private static RunRecord ReadRun(SqlRow row) => ReadRun(row, PhaseWord.Parse(row.Text(6)));

    private static RunRecord ReadRun(SqlRow row, (RunPhase Phase, bool Replaces) progress) => new()
    {
        Key = row.Text(0),
        Table = row.Text(1),
        Intent = row.Text(2),
        IngestorId = row.Text(3),
        SpecDigest = row.Text(4),
        SourceMark = row.Text(5),
        Phase = progress.Phase,
        Replaces = progress.Replaces,
        FirstId = row.Number(7),
        LastId = row.NumberOrNull(8),
        Rows = row.NumberOrNull(9),
        Arrived = (int)row.Number(10),
        Batches = (int)row.Number(11),
        OpenBatch = (int?)row.NumberOrNull(12),
        Calls = (int)row.Number(13),
        Folder = row.TextOrNull(14),
        StartedAt = row.Time(15),
        Error = row.TextOrNull(16),
        Summary = row.TextOrNull(17),
    };
}
