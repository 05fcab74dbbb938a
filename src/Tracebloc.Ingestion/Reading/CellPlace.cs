namespace Tracebloc.Ingestion.Reading;

/// <summary>A place in a source file.</summary>
/// <param name="Line">Counted from 1; in JSON the line of the record.</param>
/// <param name="Column">In characters, counted from 1; 0 where it is not known.</param>
public readonly record struct CellPlace(long Line, int Column);
