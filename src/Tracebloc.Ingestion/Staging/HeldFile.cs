namespace Tracebloc.Ingestion.Staging;

/// <summary>A file, or the first bytes of one, that the far side has from an earlier attempt.</summary>
/// <param name="Index">Its place among the offered files.</param>
/// <param name="Length">The bytes that are there.</param>
/// <param name="Hash">Their hash.</param>
/// <param name="IsWhole">True for a file in its place; false for a part, which may have all bytes as well.</param>
public readonly record struct HeldFile(int Index, long Length, FileHash Hash, bool IsWhole);
