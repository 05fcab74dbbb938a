namespace Tracebloc.MetadataSync.Syncing;

/// <summary>The numbers of one kind since the program started. Safe for concurrent use.</summary>
internal sealed class KindNumbers(string kind)
{
    private long _written, _deleted, _evicted, _errors, _retries, _commits, _lagTicks;

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

    /// <summary>Changes from their event to their commit, and the time that they took together.</summary>
    public (long Count, TimeSpan Sum) Lag =>
        (Interlocked.Read(ref _commits), TimeSpan.FromTicks(Interlocked.Read(ref _lagTicks)));

    /// <summary>Changes and chores that wait.</summary>
    public Func<(int Changes, int Chores)> Waiting { get; set; } = () => (0, 0);

    public void AddWritten(long count) => Interlocked.Add(ref _written, count);

    public void AddDeleted(long count) => Interlocked.Add(ref _deleted, count);

    public void AddEvicted(long count) => Interlocked.Add(ref _evicted, count);

    public void AddErrors(long count) => Interlocked.Add(ref _errors, count);

    public void AddRetries(long count) => Interlocked.Add(ref _retries, count);

    public void AddCommit(TimeSpan lag)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _lagTicks, lag.Ticks);
    }
}
