using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>The deadlines of one tick: a rollout is started only where it can be watched to its end.</summary>
internal sealed class TickClock(TimeProvider time, RefreshConfiguration configuration)
{
    /// <summary>
    /// What a tick needs beside its rollouts: to look and to ask, though up to three calls of a registry that does not
    /// answer are waited for, ten seconds each; and to write down how the rollouts ended.
    /// </summary>
    public static readonly TimeSpan Headroom = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan ToConclude = TimeSpan.FromSeconds(5);

    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public bool MayRoll => Elapsed + configuration.RolloutTimeout + ToConclude <= configuration.TickTimeout;
}
