namespace Tracebloc.Database;

/// <summary>
/// The judgement on a chunk. LOAD DATA LOCAL turns errors into warnings, and a broken stream into a shorter file, so a
/// chunk counts only when every row that was sent was inserted, without a warning.
/// </summary>
/// <param name="Sent">The rows that were sent.</param>
/// <param name="Affected">The rows that the server inserted.</param>
/// <param name="Faults">The first faulty rows, in one line each; none when the chunk counts.</param>
public sealed record ChunkVerdict(long Sent, long Affected, IReadOnlyList<string> Faults)
{
    private const int MostFaults = 20;

    /// <summary>True when the chunk counts.</summary>
    public bool IsAccepted => Faults is [];

    /// <summary>Judges an answer.</summary>
    /// <param name="chunk">The rows that were sent.</param>
    /// <param name="result">The answer.</param>
    public static ChunkVerdict Of(EncodedChunk chunk, ChunkResult result)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(result);
        var faults = result.Warnings.Take(MostFaults).Select(warning => Describe(chunk, warning)).ToList();
        if (faults is [] && result.WarningCount > 0)
            faults.Add($"the server gave {result.WarningCount} warnings and no text");
        if (faults is [] && result.Affected != chunk.Count)
            faults.Add($"the server inserted {result.Affected} rows of {chunk.Count}, without a warning");
        return new ChunkVerdict(chunk.Count, result.Affected, faults);
    }

    private static string Describe(EncodedChunk chunk, ServerWarning warning)
    {
        var place = warning.Row is { } row && chunk.LineOf(row) is { } line ? $"line {line}: " : "";
        return $"{place}{warning.Text} (error {warning.Number})";
    }
}
