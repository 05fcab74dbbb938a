using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>The slices of a run, as an attempt of pod 0 has planned them.</summary>
/// <param name="Owner">The attempt.</param>
/// <param name="SpecDigest">The specification that it validates.</param>
/// <param name="Slices">In their order.</param>
internal sealed record RunSlices(byte[] Owner, string SpecDigest, IReadOnlyList<SliceRecord> Slices)
{
    /// <summary>A slice that cannot be read; null for none.</summary>
    public SliceRecord? Failed => Slices.FirstOrDefault(slice => slice.State == SliceState.Failed);

    /// <summary>The slices to validate, in the order of one of several pods: its own share first.</summary>
    /// <param name="pod">The pod, counted from 0.</param>
    /// <param name="pods">The number of pods.</param>
    public IEnumerable<SliceRecord> OpenTo(int pod, int pods)
    {
        var first = (int)((long)Slices.Count * pod / pods);
        return Slices.Skip(first).Concat(Slices.Take(first)).Where(slice => slice.State == SliceState.Open);
    }

    /// <summary>The slices whose records are known to be those of the file, from its first one on. Pure.</summary>
    public SliceChain Chain()
    {
        var (right, end) = (new List<SliceRecord>(), 0L);
        // A record may be longer than a slice: then none begins in the next one.
        foreach (var slice in Slices)
        {
            if (end >= slice.Slice.To) continue;
            if (slice.Found is not { } found) return new(right, IsComplete: false);
            if (!found.Follows(slice.Slice, end))
                return new(right, IsComplete: false)
                {
                    Again = slice with { Slice = new SourceSlice(end, slice.Slice.To, IsExact: true) },
                };
            right.Add(slice);
            end = found.End;
            if (!found.IsWhole) break;
        }

        return new(right, IsComplete: true);
    }
}
