using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>A file that has arrived.</summary>
/// <param name="Size">Its length.</param>
/// <param name="Modified">The time of its last write, in ticks: with another one it is read again.</param>
/// <param name="Hash">Its hash.</param>
internal readonly record struct StagedRecord(long Size, long Modified, FileHash Hash);
