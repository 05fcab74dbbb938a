namespace Tracebloc.Benchmarks;

/// <summary>A bar and the value that was found.</summary>
internal sealed record BarResult(string Name, double Limit, double Found, bool IsCount)
{
    public bool IsMet => Found <= Limit;

    public static IReadOnlyList<BarResult> Of(Result result) =>
    [
        .. from bar in Bar.All
           let found = bar.Find(result)
           where found is not null
           select new BarResult(bar.Name, bar.Limit, found.Value, bar.IsCount),
    ];
}
