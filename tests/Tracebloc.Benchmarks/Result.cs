namespace Tracebloc.Benchmarks;

/// <summary>The result of a scenario.</summary>
/// <param name="Scenario">The name, as <c>--only</c> takes it.</param>
/// <param name="Subject">The job of the scenario, in a phrase.</param>
/// <param name="Counts">The sizes of the job and the counted work, by their names.</param>
/// <param name="Measured">The contenders.</param>
/// <param name="Bars">The limits.</param>
internal sealed record Result(
    string Scenario,
    string Subject,
    IReadOnlyDictionary<string, double> Counts,
    IReadOnlyList<Measured> Measured,
    IReadOnlyList<BarResult> Bars);
