using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>The parts of a run's rows in the journal: its pods find each other there.</summary>
internal sealed class PartJournal(DatabaseSession session, string table, string runKey)
{
    /// <summary>The part whose row has the source of all of them, which may be long.</summary>
    public const int SourcePart = 0;

    private bool _exists;

    /// <summary>Creates the table of parts where it is missing.</summary>
    public static Task PrepareAsync(DatabaseSession session, CancellationToken token) =>
        Migrations.ApplyAsync(session, PartSchema.Parts, PartSchema.Migrations, token);

    /// <summary>Writes the parts of an attempt, in place of those of every earlier one.</summary>
    /// <exception cref="FenceException">Another run has taken the table over.</exception>
    public Task PlanAsync(
        TableOwnership ownership, IReadOnlyList<RowPart> parts, PartSource source, CancellationToken token)
    {
        var text = source.Write();
        return ownership.ChangeAsync(
            session,
            async current =>
            {
                await session.ExecuteAsync(Removal, current);
                foreach (var part in parts)
                    await session.ExecuteAsync(
                        new SqlStatement(
                            $"INSERT INTO {PartSchema.Parts} (table_name, part, run_key, owner, state, first_row, "
                            + "row_count, first_byte, end_byte, first_line, source) "
                            + "SELECT table_name, ?, ?, owner, 'open', ?, ?, ?, ?, ?, ? "
                            + $"FROM {JournalSchema.Tables} WHERE table_name = ?",
                            part.Number, runKey, part.FirstRow, part.Rows, part.Range.Begin, part.Range.End,
                            part.Range.Line, part.Number == SourcePart ? text : "", table),
                        current);
            },
            token);
    }

    /// <summary>
    /// Removes the parts: from then on, none of the pods that load them changes the table. Waits for their
    /// transactions.
    /// </summary>
    public async Task RemoveAsync(TableOwnership ownership, CancellationToken token)
    {
        if (await ExistsAsync(token)) await ownership.ChangeAsync(session, Removal, token);
    }

    /// <summary>The parts of the run whose attempt owns the table now; null where it has planned none.</summary>
    public async Task<RunParts?> FindAsync(CancellationToken token)
    {
        if (!session.HasDatabase || !await ExistsAsync(token)) return null;
        var rows = await session.QueryAsync(
            new SqlStatement(
                "SELECT t.owner, t.salt, p.part, p.first_row, p.row_count, p.first_byte, p.end_byte, p.first_line, "
                + "p.state, p.error "
                + $"FROM {PartSchema.Parts} p JOIN {JournalSchema.Tables} t "
                + "ON t.table_name = p.table_name AND t.owner = p.owner "
                + "WHERE p.table_name = ? AND p.run_key = ? ORDER BY p.part",
                table, runKey),
            row => new RunParts(row.BytesOrNull(0) ?? [], row.BytesOrNull(1) ?? [], [ReadPart(row)]),
            token);
        return rows is [var first, ..] ? first with { Parts = [.. rows.SelectMany(row => row.Parts)] } : null;
    }

    // No program drops the table of parts.
    private async Task<bool> ExistsAsync(CancellationToken token) =>
        _exists = _exists || await PartSchema.ExistsAsync(session, PartSchema.Parts, token);

    private SqlStatement Removal => new($"DELETE FROM {PartSchema.Parts} WHERE table_name = ?", table);

    private static PartRecord ReadPart(SqlRow row) => new(
        new RowPart(
            (int)row.Number(2),
            row.Number(3),
            row.Number(4),
            new SourceRange(row.Number(5), row.Number(6), row.Number(7))),
        Enum.Parse<PartState>(row.Text(8), ignoreCase: true))
    {
        Error = row.TextOrNull(9),
    };
}
