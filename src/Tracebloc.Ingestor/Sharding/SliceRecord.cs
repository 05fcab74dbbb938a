using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>A slice as the journal holds it.</summary>
/// <param name="Number">Counted from 0.</param>
/// <param name="Slice">The slice.</param>
/// <param name="State">Its state.</param>
internal sealed record SliceRecord(int Number, SourceSlice Slice, SliceState State)
{
    /// <summary>The place of its records, without checksums; null unless it is <see cref="SliceState.Done"/>.</summary>
    public FoundSlice? Found { get; init; }

    /// <summary>The id of the pass that has found it, under which its values are.</summary>
    public byte[] Pass { get; init; } = [];

    /// <summary>The reason of state <see cref="SliceState.Failed"/>.</summary>
    public string? Error { get; init; }
}
