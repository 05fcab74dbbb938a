namespace Tracebloc.Net;

/// <summary>A token that is cancelled by the caller or when the time is up; reports which of them it was.</summary>
public sealed class Deadline : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _both;
    private readonly TimeProvider _time;
    private TimeSpan _length;
    private long _start;

    /// <summary>Starts now.</summary>
    /// <param name="length">The time until the token is cancelled.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">Cancels the token at once.</param>
    public Deadline(TimeSpan length, TimeProvider time, CancellationToken caller)
    {
        (_length, _time, _caller, _start) = (length, time, caller, time.GetTimestamp());
        _timer = new CancellationTokenSource(length, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    /// <summary>The time that it was given, or <see cref="Timeout.InfiniteTimeSpan"/> while it is suspended.</summary>
    public TimeSpan Length => _length;

    /// <summary>Cancelled by either.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>The time that is left; negative when it is up.</summary>
    public TimeSpan Remaining => _length - _time.GetElapsedTime(_start);

    /// <summary>False when the caller cancelled, even if the time is up as well.</summary>
    public bool HasPassed => _timer.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>
    /// Starts again with another length, unless the time is up already: for work that is bounded step by step.
    /// </summary>
    /// <param name="length">The time from now on; <see cref="Timeout.InfiniteTimeSpan"/> suspends it.</param>
    public void Restart(TimeSpan length)
    {
        (_length, _start) = (length, _time.GetTimestamp());
        _timer.CancelAfter(length);
    }

    /// <summary>Stops the timer.</summary>
    public void Dispose()
    {
        _both.Dispose();
        _timer.Dispose();
    }
}
