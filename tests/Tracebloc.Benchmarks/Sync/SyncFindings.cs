namespace Tracebloc.Benchmarks.Sync;

/// <summary>The findings of a scenario.</summary>
/// <param name="Race">The contenders.</param>
/// <param name="Counts">The sizes of the job and the counted work, by their names.</param>
internal sealed record SyncFindings(Race Race, IReadOnlyDictionary<string, double> Counts);
