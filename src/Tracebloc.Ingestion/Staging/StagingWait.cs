namespace Tracebloc.Ingestion.Staging;

/// <summary>The time since the wait began that is under way; several threads use it.</summary>
internal sealed class StagingWait(TimeProvider time)
{
    private const long None = -1;

    private long _since = None;

    /// <summary>Zero where none is.</summary>
    public TimeSpan Elapsed =>
        Interlocked.Read(ref _since) is > None and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public void Begin() => Interlocked.Exchange(ref _since, time.GetTimestamp());

    public void End() => Interlocked.Exchange(ref _since, None);
}
