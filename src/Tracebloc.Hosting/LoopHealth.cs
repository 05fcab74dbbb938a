namespace Tracebloc.Hosting;

/// <summary>
/// The loop as probes see it: alive while ticks keep starting, ready while the last one ended well. A loop has no exit
/// code, so a Deployment that is not ready is how a stuck loop shows.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="longestSilence">The longest time from one start or end of a tick to the next.</param>
public sealed class LoopHealth(TimeProvider time, TimeSpan longestSilence)
{
    private readonly Lock _lock = new();
    private long _lastSign = time.GetTimestamp();
    private bool _isReady;

    /// <summary>True when a tick started or ended recently enough.</summary>
    public bool IsAlive
    {
        get
        {
            lock (_lock)
                return time.GetElapsedTime(_lastSign) <= longestSilence;
        }
    }

    /// <summary>True when the last tick ended with <see cref="ExitCodes.Done"/>.</summary>
    public bool IsReady
    {
        get
        {
            lock (_lock)
                return _isReady;
        }
    }

    /// <summary>A tick starts now.</summary>
    public void TickStarted()
    {
        lock (_lock)
            _lastSign = time.GetTimestamp();
    }

    /// <summary>A tick ended now with this exit code.</summary>
    public void TickEnded(int exitCode)
    {
        lock (_lock)
            (_lastSign, _isReady) = (time.GetTimestamp(), exitCode == ExitCodes.Done);
    }
}
