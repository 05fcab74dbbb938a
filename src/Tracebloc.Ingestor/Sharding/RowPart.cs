using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestor.Sharding;

/// <summary>Consecutive rows of a source, which one pod loads.</summary>
/// <param name="Number">Counted from 0.</param>
/// <param name="FirstRow">The rows of the source before it.</param>
/// <param name="Rows">Its rows, at least 1.</param>
/// <param name="Range">Its bytes.</param>
internal sealed record RowPart(int Number, long FirstRow, long Rows, SourceRange Range);
