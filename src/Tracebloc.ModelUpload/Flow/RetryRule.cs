using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Flow;

/// <summary>
/// The attempts of a call that is safe to repeat: exponential waits with jitter, or the server's own hint.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter.</param>
internal sealed class RetryRule(TimeProvider time, Random random)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The attempts of one call, the first included.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait before the second attempt.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Runs the call until it succeeds, fails for good or has had its attempts.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (UploadException e) when (e.IsTransient && attempt < Attempts)
            {
                await WaitAsync(attempt, e.RetryAfter, cancellationToken);
            }
        }
    }

    /// <summary>Waits before the attempt that follows; for callers that keep what the last one achieved.</summary>
    public Task WaitAsync(int attempt, TimeSpan? hint, CancellationToken cancellationToken)
    {
        var wait = new RetryPauses(Longest, random.NextDouble) { First = First }.After(attempt);
        var asked = hint is { } value && value < 4 * Longest ? value : TimeSpan.Zero;
        return Task.Delay(asked > wait ? asked : wait, time, cancellationToken);
    }
}
