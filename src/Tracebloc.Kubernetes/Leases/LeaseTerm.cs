namespace Tracebloc.Kubernetes;

/// <summary>The time of a leader: it ends by itself unless it is extended.</summary>
internal sealed class LeaseTerm : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _length;
    private readonly CancellationTokenRegistration _caller;
    private readonly ITimer _timer;
    private long _begun;

    /// <param name="time">The clock.</param>
    /// <param name="length">The time after a renewal.</param>
    /// <param name="begun">The time at which the write that won the lease was sent.</param>
    /// <param name="caller">Cancels the token; the term goes on while the work ends.</param>
    internal LeaseTerm(TimeProvider time, TimeSpan length, long begun, CancellationToken caller)
    {
        (_time, _length, _begun) = (time, length, begun);
        _timer = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _caller = caller.UnsafeRegister(_ => _end.Cancel(), null);
        Expire();
    }

    /// <summary>Cancelled when the term is over, or the caller gives up.</summary>
    internal CancellationToken Token => _end.Token;

    /// <summary>The lease is not this candidate's any longer.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Starts the time anew, unless it is over.</summary>
    /// <param name="begun">The time at which the renewal was sent: others count from a later one.</param>
    internal void Extend(long begun)
    {
        lock (_gate) _begun = begun;
        Expire();
    }

    internal void End()
    {
        lock (_gate) IsOver = true;
        _end.Cancel();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _caller.Dispose(); // and not the source: the timer may be about to cancel it
    }

    private void Expire()
    {
        TimeSpan left;
        lock (_gate)
        {
            if (IsOver) return;
            left = _length - _time.GetElapsedTime(_begun);
        }

        if (left <= TimeSpan.Zero) End();
        else _timer.Change(left, Timeout.InfiniteTimeSpan);
    }
}
