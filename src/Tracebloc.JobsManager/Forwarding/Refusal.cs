namespace Tracebloc.JobsManager.Forwarding;

/// <summary>An answer of the proxy itself in place of the backend's.</summary>
/// <param name="Status">The status.</param>
/// <param name="Words">The reason and the remedy; never a secret, never a body.</param>
internal sealed record Refusal(int Status, string Words)
{
    /// <summary>The wait before another attempt; null: it would be refused, too.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
