using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Staging;

/// <summary>The faults that end a transfer, as the sender gets them.</summary>
internal static class Refusals
{
    // The HResult of an IOException is the system's errno: no space, or the quota is used up.
    private const int NoSpace = 28, Quota = 122;

    /// <summary>The reason for the sender; null for a fault that was not foreseen.</summary>
    public static StagingException? Of(Exception fault) => fault switch
    {
        StagingException known => known,
        IOException { HResult: NoSpace or Quota } => new StagingException(
            StagingFailure.NoSpace,
            $"Volume is full: {fault.Message}; free space on it and start again: what has arrived stays",
            fault),
        IOException or UnauthorizedAccessException or IngestorException => new StagingException(
            StagingFailure.Refused, $"Transfer was refused by the volume: {fault.Message}", fault),
        _ => null,
    };
}
