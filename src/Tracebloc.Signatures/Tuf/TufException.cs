namespace Tracebloc.Signatures.Tuf;

/// <summary>A TUF repository gave no trusted target: it is away, expired, or not what its keys signed.</summary>
/// <param name="message">The file, the reason, and the remedy where there is one.</param>
/// <param name="fault">The kind of the fault.</param>
public sealed class TufException(string message, TufFault fault) : Exception(message)
{
    /// <summary>The kind of the fault.</summary>
    public TufFault Fault { get; } = fault;

    /// <summary>True where a later attempt may succeed.</summary>
    public bool IsTransient => Fault == TufFault.Unavailable;
}
