namespace Tracebloc.Ingestion.Staging;

/// <summary>A transfer that the far side has confirmed.</summary>
/// <param name="Files">The number of files.</param>
/// <param name="Bytes">The bytes of all files.</param>
/// <param name="KeptFiles">The files that were there already.</param>
/// <param name="SentBytes">The bytes that were sent, before compression.</param>
/// <param name="Digest">The digest over all files.</param>
public sealed record StagingResult(int Files, long Bytes, int KeptFiles, long SentBytes, FileHash Digest);
