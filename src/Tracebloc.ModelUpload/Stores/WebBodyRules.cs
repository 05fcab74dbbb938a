namespace Tracebloc.ModelUpload.Stores;

/// <summary>The deadline between two reads of a body.</summary>
/// <param name="Stall">The longest wait for the next byte.</param>
/// <param name="Time">The clock.</param>
internal sealed record WebBodyRules(TimeSpan Stall, TimeProvider Time);
