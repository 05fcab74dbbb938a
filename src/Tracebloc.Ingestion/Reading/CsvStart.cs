namespace Tracebloc.Ingestion.Reading;

/// <summary>The beginning of a part of a CSV file, whose header was read before.</summary>
/// <param name="Header">The header of the file.</param>
/// <param name="Range">The part.</param>
internal sealed record CsvStart(RecordHeader Header, SourceRange Range);
