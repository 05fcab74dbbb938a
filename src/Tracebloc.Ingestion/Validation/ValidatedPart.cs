using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>The rows of a slice, at least one.</summary>
/// <param name="FirstRow">The rows of the source before it.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Range">Its bytes, from its first record on.</param>
public sealed record ValidatedPart(long FirstRow, long Rows, SourceRange Range);
