namespace Tracebloc.JobsManager.Runs;

/// <summary>Numbers by the words of states; a state without any is absent.</summary>
/// <param name="Runs">Runs by <see cref="RunState"/>.</param>
/// <param name="Undos">Runs by <see cref="UndoState"/>.</param>
/// <param name="Deletions">The deletions that are not over, and those that failed and were not asked for again.</param>
internal sealed record RunCounts(
    IReadOnlyDictionary<string, long> Runs,
    IReadOnlyDictionary<string, long> Undos,
    IReadOnlyDictionary<string, long> Deletions);
