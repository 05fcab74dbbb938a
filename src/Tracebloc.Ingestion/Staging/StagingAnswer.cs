namespace Tracebloc.Ingestion.Staging;

/// <summary>The receiver's proof that all of a connection's files are in their place.</summary>
/// <param name="Files">The number of files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Digest">Their digest: see <see cref="FilesDigest"/>.</param>
public sealed record StagingAnswer(int Files, long Bytes, FileHash Digest);
