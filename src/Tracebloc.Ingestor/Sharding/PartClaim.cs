using System.Security.Cryptography;
using Tracebloc.Database;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>
/// The right of one pod to load one part. The lock ends with the pod, and any other pod then takes the part over: every
/// transaction of a pod begins with the check that neither its part nor the table was taken from it.
/// </summary>
internal sealed class PartClaim : IAsyncDisposable
{
    private const int LongestError = 2_000;

    /// <summary>The rows that one transaction deletes.</summary>
    private const int Step = 20_000;

    private readonly NamedLock _lock;
    private readonly DatabaseSession _session;
    private readonly DatabaseRetry _retry;
    private readonly RunRecord _run;
    private readonly byte[] _loader = RandomNumberGenerator.GetBytes(16);

    /// <param name="held">The lock of the part.</param>
    /// <param name="session">A session of the pod's own.</param>
    /// <param name="retry">Repeats transactions that lost a deadlock.</param>
    /// <param name="run">The run.</param>
    /// <param name="part">The part.</param>
    /// <param name="owner">The attempt that has planned it.</param>
    public PartClaim(
        NamedLock held, DatabaseSession session, DatabaseRetry retry, RunRecord run, PartRecord part, byte[] owner)
    {
        (_lock, _session, _retry, _run, Part, Owner) = (held, session, retry, run, part.Part, owner);
        Fence = new Fence(
            $"Table {run.Table}, part {Part.Number + 1}",
            new SqlStatement(
                $"SELECT t.owner = ? AND p.owner = t.owner AND p.loader = ? FROM {JournalSchema.Tables} t "
                + $"JOIN {PartSchema.Parts} p ON p.table_name = t.table_name "
                + "WHERE t.table_name = ? AND p.part = ? LOCK IN SHARE MODE",
                owner, _loader, run.Table, Part.Number));
    }

    public RowPart Part { get; }

    public Fence Fence { get; }

    /// <summary>Cancelled when the lock is lost, and when the token is that it was taken with.</summary>
    public CancellationToken Token => _lock.Token;

    private byte[] Owner { get; }

    private long FirstId => _run.FirstId + Part.FirstRow;

    /// <summary>Takes the part from the pod that had it, and removes the rows which that pod has loaded.</summary>
    /// <returns>Its source; null where the part is no longer to be loaded.</returns>
    public async Task<PartSource?> TakeAsync(CancellationToken token)
    {
        long taken = 0;
        await _retry.RunInTransactionAsync(
            _session,
            async current => taken = await _session.ExecuteAsync(
                new SqlStatement(
                    $"UPDATE {PartSchema.Parts} SET loader = ? "
                    + "WHERE table_name = ? AND part = ? AND run_key = ? AND owner = ? AND state = 'open'",
                    _loader, _run.Table, Part.Number, _run.Key, Owner),
                current),
            token);
        if (taken == 0) return null;
        await ClearAsync(token);
        var source = await _session.FindAsync(
            new SqlStatement(
                $"SELECT source FROM {PartSchema.Parts} WHERE table_name = ? AND part = ? AND owner = ?",
                _run.Table, PartJournal.SourcePart, Owner),
            row => row.Text(0),
            token);
        return source is null ? null : PartSource.Read(source);
    }

    /// <summary>All rows of the part are in the table.</summary>
    /// <exception cref="FenceException">Another pod has taken the part, or another run the table.</exception>
    public Task LoadedAsync(CancellationToken token) => ChangeAsync(
        new SqlStatement(
            $"UPDATE {PartSchema.Parts} SET state = 'loaded' WHERE table_name = ? AND part = ?",
            _run.Table, Part.Number),
        token);

    /// <summary>The part cannot be loaded, whichever pod does it.</summary>
    public Task FailedAsync(string error, CancellationToken token) => ChangeAsync(
        new SqlStatement(
            $"UPDATE {PartSchema.Parts} SET state = 'failed', error = ? WHERE table_name = ? AND part = ?",
            Line.Of(error, LongestError), _run.Table, Part.Number),
        token);

    public ValueTask DisposeAsync() => _lock.DisposeAsync();

    private async Task ClearAsync(CancellationToken token)
    {
        var delete = new SqlStatement(
            $"DELETE FROM {SqlName.Quote(_run.LoadedTable)} WHERE id BETWEEN ? AND ? AND ingestor_id = ? "
            + $"ORDER BY id LIMIT {Step}",
            FirstId, FirstId + Part.Rows - 1, _run.IngestorId)
        { Limit = TimeSpan.FromMinutes(10) };
        while (await ChangeAsync(delete, token) == Step)
        {
        }
    }

    private async Task<long> ChangeAsync(SqlStatement statement, CancellationToken token)
    {
        long changed = 0;
        await _retry.RunInTransactionAsync(
            _session,
            async current =>
            {
                await Fence.CheckAsync(_session, current);
                changed = await _session.ExecuteAsync(statement, current);
            },
            token);
        return changed;
    }
}
