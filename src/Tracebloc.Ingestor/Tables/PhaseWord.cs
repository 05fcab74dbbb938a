namespace Tracebloc.Ingestor.Tables;

/// <summary>
/// The word for a run's progress in the journal. That of a run under way which replaces a data set has a prefix: a
/// version that knows no replacing cannot read it, and so never takes such a run for one of its own.
/// </summary>
internal static class PhaseWord
{
    private const string Replacing = "new_";

    public static string Of(RunPhase phase, bool replaces) =>
        (replaces && !IsEnd(phase) ? Replacing : "") + phase.ToString().ToLowerInvariant();

    /// <exception cref="IngestorException">A newer version has written the word.</exception>
    public static (RunPhase Phase, bool Replaces) Parse(string word)
    {
        var replaces = word.StartsWith(Replacing, StringComparison.Ordinal);
        return Enum.TryParse<RunPhase>(replaces ? word[Replacing.Length..] : word, ignoreCase: true, out var phase)
            ? (phase, replaces)
            : throw new IngestorException(
                IngestorExit.Failed,
                $"Journal {JournalSchema.Runs}: phase {Tracebloc.Net.Line.Of(word)} is unknown; use the newest version "
                + "of the ingestor");
    }

    private static bool IsEnd(RunPhase phase) => phase is RunPhase.Registered or RunPhase.Replaced or RunPhase.Failed;
}
