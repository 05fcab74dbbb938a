namespace Tracebloc.Ingestor.Backend;

/// <summary>The pauses between two attempts of a call: each twice the last, with jitter.</summary>
/// <param name="Longest">The longest.</param>
/// <param name="Random">Numbers from 0 up to 1.</param>
internal sealed record BackendPauses(TimeSpan Longest, Func<double> Random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>The pause after an attempt, counted from 1.</summary>
    public TimeSpan After(int attempt)
    {
        var whole = First * Math.Pow(2, attempt - 1);
        return (whole < Longest ? whole : Longest) * (0.5 + (Random() / 2));
    }
}
