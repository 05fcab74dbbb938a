namespace Tracebloc.Signatures;

/// <summary>Whether an image may be taken for its publisher's.</summary>
public sealed record SignatureVerdict
{
    /// <summary>How it went.</summary>
    public required SignatureOutcome Outcome { get; init; }

    /// <summary>One line: who signed, or what is wrong and with which signature.</summary>
    public required string Message { get; init; }

    /// <summary>When asking again makes sense, by the local clock; null when the registry did not say.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
