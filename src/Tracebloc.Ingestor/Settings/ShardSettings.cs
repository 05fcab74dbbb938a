namespace Tracebloc.Ingestor.Settings;

/// <summary>The pods of an indexed Job, which load one data set together.</summary>
/// <param name="Count">TRACEBLOC_INGEST_SHARDS: at least 2.</param>
/// <param name="Index">JOB_COMPLETION_INDEX: 0 is the pod that plans and registers; null where it is not set.</param>
internal sealed record ShardSettings(int Count, int? Index);
