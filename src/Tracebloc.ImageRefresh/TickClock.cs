namespace Tracebloc.ImageRefresh;

/// <summary>The deadlines of one tick: a rollout is started only where it can be watched to its end.</summary>
internal sealed class TickClock(TimeProvider time, RefreshConfiguration configuration)
{
    /// <summary>What a tick needs beside its rollouts: to look, to ask, and to write down how they ended.</summary>
    public static readonly TimeSpan Headroom = TimeSpan.FromSeconds(40);

    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    // Half of the headroom was for what came before: a registry that does not answer takes ten seconds of it.
    public bool MayRoll => Elapsed + configuration.RolloutTimeout + (Headroom / 2) <= configuration.TickTimeout;
}
