namespace Tracebloc.Net;

/// <summary>The pauses between two attempts of a call: each twice the last, with jitter down to the half.</summary>
/// <param name="Longest">The longest.</param>
/// <param name="Random">Numbers from 0 up to 1.</param>
public sealed record RetryPauses(TimeSpan Longest, Func<double> Random)
{
    // Beyond, the pause is the longest in any case, and a power of two no time.
    private const int MostDoublings = 30;

    /// <summary>The pause after the first attempt.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after an attempt, counted from 1.</summary>
    /// <param name="attempt">The attempt.</param>
    public TimeSpan After(int attempt)
    {
        var whole = First * Math.Pow(2, Math.Min(attempt - 1, MostDoublings));
        return (whole < Longest ? whole : Longest) * (0.5 + (Random() / 2));
    }
}
