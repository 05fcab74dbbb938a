namespace Tracebloc.Ingestion.Reading;

/// <summary>A record that cannot be read.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">In characters, counted from 1; 0 where it is not known.</param>
/// <param name="Offset">The bytes of the file before it; in JSON before its record.</param>
/// <param name="Message">The fault and its remedy.</param>
public sealed record ReadingFault(long Line, int Column, long Offset, string Message);
