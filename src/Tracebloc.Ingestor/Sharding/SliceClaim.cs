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
    private readonly DatabaseRetry _retry;
    private readonly string _table;
    private readonly byte[] _owner;
    private readonly byte[] _pass = RandomNumberGenerator.GetBytes(16);

    /// <param name="held">The lock of the slice.</param>
    /// <param name="session">A session of the pod's own.</param>
    /// <param name="retry">Repeats statements that lost a deadlock.</param>
    /// <param name="table">The table.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="owner">The attempt that has planned it.</param>
    public SliceClaim(
        NamedLock held, DatabaseSession session, DatabaseRetry retry, string table, SliceRecord slice, byte[] owner) =>
        (_lock, _session, _retry, _table, Slice, _owner) = (held, session, retry, table, slice, owner);

    public SliceRecord Slice { get; }

    /// <summary>Cancelled when the lock is lost, and when the token is that it was taken with.</summary>
    public CancellationToken Token => _lock.Token;

    /// <summary>True where the slice is still to be validated.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken token) => await _session.FindAsync(
        new SqlStatement(
            $"SELECT COUNT(*) FROM {PartSchema.Slices} {Where}", _table, Slice.Number, _owner, From, IsExact),
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
            var added = await ChangeAsync(
                new SqlStatement(
                    $"INSERT INTO {PartSchema.Keys} (table_name, pass, chunk, validator, bytes) "
                    + $"SELECT table_name, ?, ?, ?, ? FROM {PartSchema.Slices} {Where}",
                    _pass, chunk, validator, bytes, _table, Slice.Number, _owner, From, IsExact),
                token);
            // Another pod was faster, or the attempt that planned the slice is over.
            if (added == 0) return;
        }

        await ChangeAsync(
            new SqlStatement(
                $"UPDATE {PartSchema.Slices} SET state = 'done', pass = ?, found_begin = ?, found_end = ?, "
                + $"found_lines = ?, is_whole = ?, checksums = ?, findings = ? {Where}",
                _pass, found.Begin, found.End, found.Lines, found.IsWhole ? 1 : 0,
                MemoryMarshal.AsBytes<uint>([.. found.Checksums]).ToArray(), findings,
                _table, Slice.Number, _owner, From, IsExact),
            token);
    }

    /// <summary>The slice cannot be read, whichever pod does it.</summary>
    public Task FailedAsync(string error, CancellationToken token) => ChangeAsync(
        new SqlStatement(
            $"UPDATE {PartSchema.Slices} SET state = 'failed', error = ? {Where}",
            Line.Of(error, LongestError), _table, Slice.Number, _owner, From, IsExact),
        token);

    public ValueTask DisposeAsync() => _lock.DisposeAsync();

    private long From => Slice.Slice.From;

    private int IsExact => Slice.Slice.IsExact ? 1 : 0;

    // A slice that is read again has its true beginning, which is where the guess began or elsewhere.
    private static string Where =>
        "WHERE table_name = ? AND slice = ? AND owner = ? AND from_byte = ? AND is_exact = ? AND state = 'open'";

    private Task<long> ChangeAsync(SqlStatement statement, CancellationToken token) =>
        _retry.RunAsync(current => _session.ExecuteAsync(statement, current), token);
}
