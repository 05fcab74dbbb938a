namespace Tracebloc.ImageRefresh;

/// <summary>
/// The loop to a probe: alive while ticks keep starting, ready while the last one ended well. A loop has no exit code
/// to fail by, so that a Deployment which is not ready is how a stuck refresh shows.
/// </summary>
internal sealed class LoopHealth(TimeProvider time, TimeSpan longestSilence)
{
    private readonly Lock _lock = new();
    private long _lastSign = time.GetTimestamp();
    private bool _isReady;

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
                return _isReady;
        }
    }

    public void TickStarted()
    {
        lock (_lock)
            _lastSign = time.GetTimestamp();
    }

    public void TickEnded(int exitCode)
    {
        lock (_lock)
            (_lastSign, _isReady) = (time.GetTimestamp(), exitCode == Hosting.ExitCode.Done);
    }
}
