using System.Runtime.InteropServices;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>The slices of a run in the journal: its pods find each other there before anything is created.</summary>
internal sealed class SliceJournal(DatabaseSession session, DatabaseRetry retry, string table, string runKey)
{
    private const int RemovedChunks = 100;

    private bool _exists;

    /// <summary>
    /// Removes the slices of every run of a table, for the holder of the table's lock: those of attempts that have
    /// ended.
    /// </summary>
    public static async Task RemoveAsync(
        DatabaseSession session, DatabaseRetry retry, string table, CancellationToken token)
    {
        if (!session.HasDatabase || !await PartSchema.ExistsAsync(session, PartSchema.Keys, token)) return;
        await retry.RunAsync(current => session.ExecuteAsync(SlicesOf(table), current), token);
        await RemoveKeysAsync(session, retry, table, token);
    }

    /// <summary>Removes the slices of an attempt, unless a later one has planned others.</summary>
    public async Task EndAsync(byte[] owner, CancellationToken token)
    {
        var slices = new SqlStatement(
            $"DELETE FROM {PartSchema.Slices} WHERE table_name = ? AND owner = ?", table, owner);
        if (await ChangeAsync(slices, token) > 0) await RemoveKeysAsync(session, retry, table, token);
    }

    /// <summary>Writes the slices of an attempt in place of those of every earlier one.</summary>
    public Task PlanAsync(RunSlices slices, CancellationToken token) => retry.RunInTransactionAsync(
        session,
        async current =>
        {
            await session.ExecuteAsync(SlicesOf(table), current);
            foreach (var (number, slice, _) in slices.Slices)
                await session.ExecuteAsync(
                    new SqlStatement(
                        $"INSERT INTO {PartSchema.Slices} (table_name, slice, run_key, spec_digest, owner, state, "
                        + "from_byte, to_byte, is_exact) VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?)",
                        table, number, runKey, slices.SpecDigest, slices.Owner, slice.From, slice.To,
                        slice.IsExact ? 1 : 0),
                    current);
        },
        token);

    /// <summary>The slices of the run; null where pod 0 has planned none, or has merged them.</summary>
    public async Task<RunSlices?> FindAsync(CancellationToken token)
    {
        if (!session.HasDatabase) return null;
        // No program drops the table of slices.
        _exists = _exists || await PartSchema.ExistsAsync(session, PartSchema.Keys, token);
        if (!_exists) return null;
        var rows = await session.QueryAsync(
            new SqlStatement(
                "SELECT slice, from_byte, to_byte, is_exact, state, found_begin, found_end, found_lines, is_whole, "
                + $"pass, error, owner, spec_digest FROM {PartSchema.Slices} WHERE table_name = ? AND run_key = ? "
                + "ORDER BY slice",
                table, runKey),
            row => new RunSlices(row.BytesOrNull(11) ?? [], row.Text(12), [ReadSlice(row)]),
            token);
        return rows is [var first, ..] ? first with { Slices = [.. rows.SelectMany(row => row.Slices)] } : null;
    }

    /// <summary>Opens a slice once more, with its true beginning.</summary>
    public Task ReadAgainAsync(SliceRecord slice, byte[] owner, CancellationToken token) => ChangeAsync(
        new SqlStatement(
            $"UPDATE {PartSchema.Slices} SET state = 'open', from_byte = ?, is_exact = 1, found_begin = NULL "
            + "WHERE table_name = ? AND slice = ? AND owner = ?",
            slice.Slice.From, table, slice.Number, owner),
        token);

    /// <summary>The findings on a slice, and the place of its records with their checksums.</summary>
    public async Task<(FoundSlice Found, byte[] Findings)> FindingsAsync(SliceRecord slice, CancellationToken token)
    {
        var (checksums, findings) = await session.FindAsync(
            new SqlStatement(
                $"SELECT checksums, findings FROM {PartSchema.Slices} WHERE table_name = ? AND slice = ? AND pass = ?",
                table, slice.Number, slice.Pass),
            row => (row.BytesOrNull(0), row.BytesOrNull(1)),
            token);
        if (checksums is null || findings is null || slice.Found is not { } found)
            throw new FenceException($"Table {table} was taken over by another run, which has other slices");
        return (found with { Checksums = [.. MemoryMarshal.Cast<byte, uint>(checksums)] }, findings);
    }

    /// <summary>A chunk of a slice's sorted values, with the name of its validator; null behind the last one.</summary>
    public async Task<(string Validator, byte[] Bytes)?> KeysAsync(
        SliceRecord slice, int chunk, CancellationToken token) =>
        await session.FindAsync<(string, byte[])?>(
            new SqlStatement(
                $"SELECT validator, bytes FROM {PartSchema.Keys} WHERE table_name = ? AND pass = ? AND chunk = ?",
                table, slice.Pass, chunk),
            row => (row.Text(0), row.BytesOrNull(1) ?? []),
            token);

    private static SqlStatement SlicesOf(string table) =>
        new($"DELETE FROM {PartSchema.Slices} WHERE table_name = ?", table);

    private Task<long> ChangeAsync(SqlStatement statement, CancellationToken token) =>
        retry.RunAsync(current => session.ExecuteAsync(statement, current), token);

    private static async Task RemoveKeysAsync(
        DatabaseSession session, DatabaseRetry retry, string table, CancellationToken token)
    {
        var chunks = new SqlStatement(
            $"DELETE FROM {PartSchema.Keys} WHERE table_name = ? LIMIT {RemovedChunks}", table);
        while (await retry.RunAsync(current => session.ExecuteAsync(chunks, current), token) == RemovedChunks)
        {
        }
    }

    private static SliceRecord ReadSlice(SqlRow row) => new(
        (int)row.Number(0),
        new SourceSlice(row.Number(1), row.Number(2), row.Number(3) != 0),
        Enum.Parse<SliceState>(row.Text(4), ignoreCase: true))
    {
        Found = row.NumberOrNull(5) is { } begin
            ? new FoundSlice(begin, row.Number(6), row.Number(7), row.Number(8) != 0, [])
            : null,
        Pass = row.BytesOrNull(9) ?? [],
        Error = row.TextOrNull(10),
    };
}
