namespace Tracebloc.Ingestor.Loading;

/// <summary>The rows that are in the table, of the bytes that were read.</summary>
/// <param name="Rows">Committed rows.</param>
/// <param name="BytesRead">Bytes of the source that were read so far.</param>
internal sealed record LoadProgress(long Rows, long BytesRead);
