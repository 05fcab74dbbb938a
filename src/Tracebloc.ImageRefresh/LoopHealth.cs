namespace Tracebloc.ImageRefresh;

/// <summary>The loop to a probe: alive while ticks keep starting, ready once one has ended.</summary>
internal sealed class LoopHealth(TimeProvider time, TimeSpan longestSilence)
{
    private readonly Lock _lock = new();
    private long _lastSign = time.GetTimestamp();
    private bool _ready;

    public bool IsAlive
    {
        get
        {
            lock (_lock)
                return time.GetElapsedTime(_lastSign) <= longestSilence;
        }
    }

    public bool IsReady
    {
        get
        {
            lock (_lock)
                return _ready;
        }
    }

    public void TickStarted() => Sign(_ready);

    /// <summary>A tick that failed for the cluster's or a registry's sake is still one that ran.</summary>
    public void TickEnded(int exitCode) => Sign(_ready || exitCode != Hosting.ExitCode.Unexpected);

    private void Sign(bool ready)
    {
        lock (_lock)
            (_lastSign, _ready) = (time.GetTimestamp(), ready);
    }
}
