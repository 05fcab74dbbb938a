namespace Tracebloc.Signatures;

/// <summary>Something beside an image that is a signature of it, or should be one.</summary>
/// <param name="Place">Where it lies, so that the operator can find it.</param>
internal sealed record Candidate(string Place)
{
    /// <summary>Null when there is none to read.</summary>
    public FoundSignature? Signature { get; init; }

    /// <summary>The reason why there is no manifest to read.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether the registry did not hand it out, so that nothing is known of it.</summary>
    public bool IsOutage { get; init; }

    /// <summary>The earliest time for a retry; null when the registry gave none.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
