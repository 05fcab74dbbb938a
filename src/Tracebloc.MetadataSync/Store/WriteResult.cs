namespace Tracebloc.MetadataSync.Store;

/// <summary>The result of a write for one object.</summary>
/// <param name="Write">The write.</param>
/// <param name="Outcome">The result.</param>
/// <param name="Error">The reason of a rejection; null for all else.</param>
internal sealed record WriteResult(RowWrite Write, WriteOutcome Outcome, string? Error = null);
