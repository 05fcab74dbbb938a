using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>The deadlines of one tick: a rollout is started only where it can be watched to its end.</summary>
internal sealed class TickClock(TimeProvider time, RefreshConfiguration configuration)
{
    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>A rollout that fails may need evidence of the digest to go back to.</summary>
    public bool MayRoll => Elapsed + configuration.RolloutTimeout + Deadlines.Verification + Deadlines.Conclusion
        <= configuration.TickTimeout;
}
