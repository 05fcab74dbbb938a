namespace Tracebloc.Benchmarks;

/// <summary>The runs of contenders that took turns.</summary>
internal sealed record Race(IReadOnlyList<Measured> Measured)
{
    /// <summary>The medians of a contender; null where it did not take part.</summary>
    public Measurement? Of(string contender) => Measured.FirstOrDefault(one => one.Contender == contender)?.Median;

    /// <summary>
    /// The wall time that a share of a contender's runs stays within; null where it did not take part.
    /// </summary>
    public double? Quantile(string contender, double share) =>
        Measured.FirstOrDefault(one => one.Contender == contender)?.Runs.Select(run => run.WallMs).Order().ToArray()
            is { Length: > 0 } sorted
            ? sorted[(int)Math.Ceiling(share * sorted.Length) - 1]
            : null;
}

/// <summary>The turns of contenders.</summary>
/// <param name="Measured">The rounds that count.</param>
/// <param name="WarmUps">The rounds before them.</param>
internal sealed record Rounds(int Measured, int WarmUps);
