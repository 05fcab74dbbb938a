namespace Tracebloc.Signatures;

/// <summary>The result of verifying an image's signatures.</summary>
public sealed record SignatureVerdict
{
    /// <summary>The outcome of the verification.</summary>
    public required SignatureOutcome Outcome { get; init; }

    /// <summary>One line: who signed, or what is wrong and with which signature.</summary>
    public required string Message { get; init; }

    /// <summary>The earliest time for a retry, by the local clock; null when the registry gave none.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>
    /// The earliest time of the good signature by a timestamp authority or transparency log of the trust root; null
    /// without a good signature, and with a key, since only such witnesses prove a time.
    /// </summary>
    public DateTimeOffset? SignedAt { get; init; }
}
