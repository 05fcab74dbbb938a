namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The numbers of one kind since the program started. Safe for concurrent use.</summary>
internal sealed class KindNumbers(string kind)
{
    private long _written, _deleted, _evicted, _errors, _retries, _syncedAt;

    public string Kind => kind;

    /// <summary>Rows made or changed.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Rows marked as deleted.</summary>
    public long Deleted => Interlocked.Read(ref _deleted);

    /// <summary>Rows whose object is leaving the cluster.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Objects that could not be read or stored, and calls that were refused, each time.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Attempts that were put off.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>The times of changes from their event to their commit.</summary>
    public LagNumbers Lag { get; } = new();

    /// <summary>The time at which rows were last stored, or compared with all objects; null before the first.</summary>
    public DateTimeOffset? SyncedAt =>
        Interlocked.Read(ref _syncedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Changes and chores that wait.</summary>
    public Func<(int Changes, int Chores)> Waiting { get; set; } = () => (0, 0);

    public void AddWritten(long count) => Interlocked.Add(ref _written, count);

    public void AddDeleted(long count) => Interlocked.Add(ref _deleted, count);

    public void AddEvicted(long count) => Interlocked.Add(ref _evicted, count);

    public void AddErrors(long count) => Interlocked.Add(ref _errors, count);

    public void AddRetries(long count) => Interlocked.Add(ref _retries, count);

    public void Sync(DateTimeOffset now) => Interlocked.Exchange(ref _syncedAt, now.UtcTicks);
}
