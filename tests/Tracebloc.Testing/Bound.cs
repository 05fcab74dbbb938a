namespace Tracebloc.Testing;

/// <summary>
/// Ends a test's wait in real time, whatever clock the test has: a signal that never comes is a failure with a reason,
/// not a run without an end.
/// </summary>
public sealed class Bound : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _alarm;
    private readonly CancellationTokenSource _both;
    private readonly TimeSpan _limit;

    public Bound(TimeSpan limit, CancellationToken caller)
    {
        (_caller, _limit) = (caller, limit);
        _alarm = new CancellationTokenSource(limit, TimeProvider.System);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_alarm.Token, caller);
    }

    /// <summary>A minute: what is waited for takes milliseconds, on a busy machine seconds.</summary>
    public static TimeSpan OfWaits { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Waits, within the bound.</summary>
    /// <param name="wait">The wait, which ends with its token.</param>
    /// <param name="found">What there is instead of what is waited for.</param>
    /// <exception cref="TimeoutException">The bound was reached.</exception>
    public async Task<T> KeepAsync<T>(Func<CancellationToken, Task<T>> wait, Func<string> found)
    {
        try
        {
            return await wait(_both.Token);
        }
        catch (OperationCanceledException) when (_alarm.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            throw new TimeoutException($"waited for more than {_limit.TotalSeconds} s: {found()}");
        }
    }

    public void Dispose()
    {
        _both.Dispose();
        _alarm.Dispose();
    }
}
