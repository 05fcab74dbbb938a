namespace Tracebloc.Ingestor.Sharding;

/// <summary>Slices that follow each other.</summary>
/// <param name="Right">Each begins where the records of the one before end.</param>
/// <param name="IsComplete">True where nothing of the file follows, or nothing that can be read.</param>
internal sealed record SliceChain(IReadOnlyList<SliceRecord> Right, bool IsComplete)
{
    /// <summary>The next slice, with its true beginning, where a pod has guessed another one; null for none.</summary>
    public SliceRecord? Again { get; init; }
}
