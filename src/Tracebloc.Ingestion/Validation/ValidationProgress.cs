namespace Tracebloc.Ingestion.Validation;

/// <summary>The progress of a validation.</summary>
/// <param name="Rows">The rows that were validated.</param>
/// <param name="Bytes">The bytes of the source that were read.</param>
public sealed record ValidationProgress(long Rows, long Bytes);
