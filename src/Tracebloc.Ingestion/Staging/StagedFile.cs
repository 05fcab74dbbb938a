namespace Tracebloc.Ingestion.Staging;

/// <summary>A file of a transfer.</summary>
/// <param name="Path">Its path below the folder, with forward slashes.</param>
/// <param name="Size">Its length in bytes.</param>
public readonly record struct StagedFile(string Path, long Size);
