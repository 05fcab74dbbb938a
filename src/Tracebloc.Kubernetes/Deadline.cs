namespace Tracebloc.Kubernetes;

/// <summary>A token that is cancelled by the caller's, or when the time is up; and which of the two it was.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _both;
    private readonly TimeProvider _time;
    private readonly TimeSpan _length;
    private readonly long _start;

    internal Deadline(TimeSpan length, TimeProvider time, CancellationToken caller)
    {
        (_length, _time, _caller, _start) = (length, time, caller, time.GetTimestamp());
        _timer = new CancellationTokenSource(length, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    internal CancellationToken Token => _both.Token;

    internal TimeSpan Remaining => _length - _time.GetElapsedTime(_start);

    /// <summary>False when the caller cancelled, even if the time is up as well.</summary>
    internal bool HasPassed => _timer.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _both.Dispose();
        _timer.Dispose();
    }
}
