namespace Tracebloc.Ingestion.Reading;

/// <summary>The beginning of a record.</summary>
/// <param name="Start">The bytes of its batch's text before it; -1 where the text is not the file's own.</param>
/// <param name="Line">The line in the file, counted from 1.</param>
/// <param name="Offset">The bytes of the file before it.</param>
internal readonly record struct RowMark(int Start, long Line, long Offset);
