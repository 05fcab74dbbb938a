namespace Tracebloc.ImageRefresh;

/// <summary>The deadlines of one tick: a rollout is started only where it can be watched to its end.</summary>
internal sealed class TickClock(TimeProvider time, TimeSpan tickTimeout, TimeSpan rolloutTimeout)
{
    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public TimeSpan RolloutTimeout => rolloutTimeout;

    public bool HasTimeFor(TimeSpan work) => Elapsed + work < tickTimeout;
}
