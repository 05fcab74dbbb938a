namespace Tracebloc.Benchmarks;

/// <summary>A limit that the results of a scenario must stay within.</summary>
/// <typeparam name="T">The results.</typeparam>
/// <param name="Name">What is held against what.</param>
/// <param name="Limit">The largest value that meets it, or the least of <see cref="IsLeast"/>.</param>
/// <param name="Find">The value in a result; null in a scenario that the bar is not for.</param>
internal sealed record Bar<T>(string Name, double Limit, Func<T, double?> Find)
{
    /// <summary>True when it is counted, and so is the same on every machine and in every run.</summary>
    public bool IsCount { get; init; }

    /// <summary>True when greater values meet it.</summary>
    public bool IsLeast { get; init; }

    /// <summary>True when it is no ratio, but an amount in the unit that its name gives.</summary>
    public bool IsAmount { get; init; }
}
