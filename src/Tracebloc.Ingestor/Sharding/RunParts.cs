namespace Tracebloc.Ingestor.Sharding;

/// <summary>The parts of a run, as the pod that owns the table has planned them.</summary>
/// <param name="Owner">The table's owner: an attempt of the run.</param>
/// <param name="Salt">The table's salt.</param>
/// <param name="Parts">In their order.</param>
internal sealed record RunParts(byte[] Owner, byte[] Salt, IReadOnlyList<PartRecord> Parts)
{
    /// <summary>The number of parts that are loaded.</summary>
    public int Loaded => Parts.Count(part => part.State == PartState.Loaded);

    /// <summary>A part that cannot be loaded; null for none.</summary>
    public PartRecord? Failed => Parts.FirstOrDefault(part => part.State == PartState.Failed);

    /// <summary>The parts that are to be loaded, in the order of one of several pods: its own share first.</summary>
    /// <param name="pod">The pod, counted from 0.</param>
    /// <param name="pods">The number of pods.</param>
    public IEnumerable<PartRecord> OpenTo(int pod, int pods)
    {
        var first = (int)((long)Parts.Count * pod / pods);
        return Parts.Skip(first).Concat(Parts.Take(first)).Where(part => part.State == PartState.Open);
    }
}
