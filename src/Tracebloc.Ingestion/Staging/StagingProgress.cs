namespace Tracebloc.Ingestion.Staging;

/// <summary>The state of a transfer, by what the far side has confirmed.</summary>
/// <param name="Bytes">The bytes that are there, earlier ones included.</param>
/// <param name="TotalBytes">The bytes of all files.</param>
/// <param name="Files">The files that are verified and in their place.</param>
/// <param name="TotalFiles">The number of files.</param>
public readonly record struct StagingProgress(long Bytes, long TotalBytes, int Files, int TotalFiles);
