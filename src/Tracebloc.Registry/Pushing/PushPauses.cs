using Tracebloc.Net;

namespace Tracebloc.Registry.Pushing;

/// <summary>The waits between the attempts of a push, which progress begins anew.</summary>
internal sealed class PushPauses(TimeProvider time, int attempts)
{
    // A longer wait is for the caller, who knows what else there is to do.
    private static readonly TimeSpan LongestHint = TimeSpan.FromMinutes(2);

    private static readonly RetryPauses Pauses =
        new(TimeSpan.FromSeconds(30), Random.Shared.NextDouble) { First = TimeSpan.FromMilliseconds(500) };

    private int _failed;

    /// <summary>Gives all attempts back.</summary>
    public void Restart() => _failed = 0;

    /// <summary>True for failures that may pass.</summary>
    public static bool IsTransient(Reply reply) => reply.HasAnswer
        ? reply.IsRetryable || reply.Status is 429
        : reply.IsRetryable || reply.Failure is { Verdict: Verdict.Transient or Verdict.Limited };

    /// <summary>Waits before the next attempt; false when there is none.</summary>
    public async Task<bool> WaitAsync(Reply reply, CancellationToken cancellationToken)
    {
        if (!IsTransient(reply) || ++_failed >= attempts || HintOf(reply) is not { } hint)
            return false;
        var pause = Pauses.After(_failed);
        await Task.Delay(hint > pause ? hint : pause, time, cancellationToken);
        return true;
    }

    /// <summary>The wait that the registry asks for, zero for none; null when it is too long.</summary>
    private TimeSpan? HintOf(Reply reply)
    {
        var hint = reply.HasAnswer
            ? RetryDelay.Announced(reply, time)
            : reply.Failure?.RetryAt - time.GetUtcNow();
        return hint is not { } wait || wait < TimeSpan.Zero ? TimeSpan.Zero : wait <= LongestHint ? wait : null;
    }
}
