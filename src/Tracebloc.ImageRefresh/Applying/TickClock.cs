using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>The deadlines of one tick: a rollout is started only where it can be watched to its end.</summary>
internal sealed class TickClock(TimeProvider time, RefreshConfiguration configuration)
{
    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public bool MayRoll => Elapsed + configuration.RolloutTimeout + Deadlines.Conclusion <= configuration.TickTimeout;
}
