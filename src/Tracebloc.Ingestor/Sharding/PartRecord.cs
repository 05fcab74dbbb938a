namespace Tracebloc.Ingestor.Sharding;

/// <summary>A part as the journal holds it.</summary>
/// <param name="Part">The part.</param>
/// <param name="State">Its state.</param>
internal sealed record PartRecord(RowPart Part, PartState State)
{
    /// <summary>The reason of state <see cref="PartState.Failed"/>.</summary>
    public string? Error { get; init; }
}
