namespace Tracebloc.Benchmarks;

/// <summary>A bar and the value that was found.</summary>
internal sealed record BarResult(string Name, double Limit, double Found)
{
    /// <summary>True when it is counted.</summary>
    public bool IsCount { get; init; }

    /// <summary>True when greater values meet it.</summary>
    public bool IsLeast { get; init; }

    /// <summary>True when it is no ratio, but an amount in the unit that its name gives.</summary>
    public bool IsAmount { get; init; }

    public bool IsMet => IsLeast ? Found >= Limit : Found <= Limit;

    public static IReadOnlyList<BarResult> Of<T>(IEnumerable<Bar<T>> bars, T result) =>
    [
        .. from bar in bars
           let found = bar.Find(result)
           where found is not null
           select new BarResult(bar.Name, bar.Limit, found.Value)
           {
               IsCount = bar.IsCount,
               IsLeast = bar.IsLeast,
               IsAmount = bar.IsAmount,
           },
    ];
}
