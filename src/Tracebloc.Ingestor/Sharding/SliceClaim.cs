using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>
/// The turn of one pod to validate a slice. Its lock ends with the pod, and any other pod then begins with the slice
/// anew; of two that validate it at once, the first one counts.
/// </summary>
internal sealed class SliceClaim : IAsyncDisposable
{
    private const int LongestError = 2_000;

    private readonly NamedLock _lock;
    private readonly DatabaseSession _session;
    private readonly string _table;
    private readonly byte[] _owner;
    private readonly byte[] _pass = RandomNumberGenerator.GetBytes(16);

    private SliceClaim(NamedLock held, DatabaseSession session, string table, SliceRecord slice, byte[] owner) =>
        (_lock, _session, _table, Slice, _owner) = (held, session, table, slice, owner);

    public SliceRecord Slice { get; }

    /// <summary>Cancelled when the lock is lost, and when the token is that it was taken with.</summary>
    public CancellationToken Token => _lock.Token;

    /// <summary>Claims a slice that no living pod validates.</summary>
    /// <returns>Null where another pod holds its lock.</returns>
    public static async Task<SliceClaim?> TryTakeAsync(
        DatabaseServer server,
        DatabaseSession session,
        string table,
        (SliceRecord Slice, byte[] Owner) planned,
        CancellationToken token)
    {
        var number = planned.Slice.Number.ToString(CultureInfo.InvariantCulture);
        var name = LockName.Of("tracebloc/slice/", server.Options.Database, table, number);
        // A look costs less than the connection that a lock needs.
        var isFree = new SqlStatement("SELECT IS_FREE_LOCK(?)", name);
        if (await session.FindAsync(isFree, row => row.NumberOrNull(0), token) != 1) return null;
        return await NamedLock.TryTakeAsync(server, name, TimeSpan.Zero, token) is { } held
            ? new SliceClaim(held, session, table, planned.Slice, planned.Owner)
            : null;
    }

    /// <summary>True where the slice is still to be validated.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken token) => await _session.FindAsync(
        new SqlStatement($"SELECT COUNT(*) FROM {PartSchema.Slices} {Where}", _table, Slice.Number, _owner, From),
        row => row.Number(0),
        token) == 1;

    /// <summary>Writes the findings: the values first, which count once the slice is done.</summary>
    /// <param name="found">The place of the slice's records.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="keys">The values by the names of their validators.</param>
    /// <param name="token">Ends the attempt.</param>
    public async Task DoneAsync(
        FoundSlice found, byte[] findings, IEnumerable<KeyValuePair<string, byte[]>> keys, CancellationToken token)
    {
        foreach (var (chunk, (validator, bytes)) in keys.Index())
        {
            var added = await _session.ExecuteAsync(
                new SqlStatement(
                    $"INSERT INTO {PartSchema.Keys} (table_name, pass, chunk, validator, bytes) "
                    + $"SELECT table_name, ?, ?, ?, ? FROM {PartSchema.Slices} {Where}",
                    _pass, chunk, validator, bytes, _table, Slice.Number, _owner, From),
                token);
            // Another pod was faster, or the attempt that planned the slice is over.
            if (added == 0) return;
        }

        await _session.ExecuteAsync(
            new SqlStatement(
                $"UPDATE {PartSchema.Slices} SET state = 'done', pass = ?, found_begin = ?, found_end = ?, "
                + $"found_lines = ?, is_whole = ?, checksums = ?, findings = ? {Where}",
                _pass, found.Begin, found.End, found.Lines, found.IsWhole ? 1 : 0,
                MemoryMarshal.AsBytes<uint>([.. found.Checksums]).ToArray(), findings,
                _table, Slice.Number, _owner, From),
            token);
    }

    /// <summary>The slice cannot be read, whichever pod does it.</summary>
    public Task FailedAsync(string error, CancellationToken token) => _session.ExecuteAsync(
        new SqlStatement(
            $"UPDATE {PartSchema.Slices} SET state = 'failed', error = ? {Where}",
            Line.Of(error, LongestError), _table, Slice.Number, _owner, From),
        token);

    public ValueTask DisposeAsync() => _lock.DisposeAsync();

    private long From => Slice.Slice.From;

    // A slice that is read again has another beginning.
    private static string Where =>
        "WHERE table_name = ? AND slice = ? AND owner = ? AND from_byte = ? AND state = 'open'";
}
