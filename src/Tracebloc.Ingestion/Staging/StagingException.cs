using Tracebloc.Net;

namespace Tracebloc.Ingestion.Staging;

/// <summary>The end of a transfer before it was complete. What has arrived stays, for the next attempt.</summary>
/// <param name="failure">The kind of the fault.</param>
/// <param name="message">The thing first, then the fault, the cause and the remedy.</param>
/// <param name="innerException">The cause, if it was thrown.</param>
public sealed class StagingException(StagingFailure failure, string message, Exception? innerException = null)
    : Exception(Escaped.Text(message), innerException)
{
    /// <summary>The kind of the fault.</summary>
    public StagingFailure Failure => failure;

    /// <summary>True where the same transfer, started again, may succeed.</summary>
    public bool IsTransient => failure is StagingFailure.Closed or StagingFailure.Silent or StagingFailure.Busy
        or StagingFailure.Damaged;

    /// <summary>The fault of a side that does not follow the protocol.</summary>
    public static StagingException Malformed(string fault) =>
        new(StagingFailure.Protocol, $"Transfer failed: the other side does not follow the protocol: {fault}");
}
