namespace Tracebloc.Ingestion.Reading;

/// <summary>A part of a CSV file that holds whole records.</summary>
/// <param name="Begin">The bytes of the file before its first record.</param>
/// <param name="End">The bytes of the file before the first record behind it; the length of the file for its last part.
/// </param>
/// <param name="Line">The line of its first record, counted from 1.</param>
public sealed record SourceRange(long Begin, long End, long Line);
