using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>The failures since the last success: the pause before the next attempt, and whether to report.</summary>
internal sealed class FeedTrouble(FeedOptions options)
{
    private readonly RetryPauses _pauses =
        new(options.LongestPause, options.Random) { First = options.FirstPause };

    private FeedLoss? _reported;

    /// <summary>Failures in a row.</summary>
    internal int Attempts { get; private set; }

    /// <summary>The pause before the next attempt; null: none.</summary>
    internal TimeSpan? Pause { get; private set; }

    /// <summary>The reader of the feed knows that it is lost.</summary>
    internal bool IsReported => _reported is not null;

    /// <returns>The report; null when the reader knows, or need not know yet.</returns>
    internal FeedLost? Fail(FeedLoss loss, KubernetesException error, bool isSilentOnce)
    {
        var pause = _pauses.After(++Attempts);
        Pause = error.RetryAfter is { } asked && asked > pause ? asked : pause;
        if (_reported == loss || (isSilentOnce && Attempts == 1 && loss == FeedLoss.Unreachable)) return null;
        _reported = loss;
        return new(loss, error, Pause.Value);
    }

    /// <summary>The pause has passed.</summary>
    internal void Resume() => Pause = null;

    /// <summary>There is a connection; it may break at once.</summary>
    internal void Connect() => _reported = null;

    /// <summary>Something was read, or the connection lasted.</summary>
    internal void Succeed() => Attempts = 0;

    internal static FeedLoss Kind(KubernetesException error) =>
        error.IsGone ? FeedLoss.Expired
        : error.IsVersionTooLarge ? FeedLoss.WentBack
        : error.IsTypeNotServed ? FeedLoss.NotServed
        : error.IsForbidden || error.IsUnauthorized ? FeedLoss.Forbidden
        : error.IsTransient ? FeedLoss.Unreachable
        : FeedLoss.Refused;
}
