namespace Tracebloc.Signatures;

/// <summary>Something beside an image that is a signature of it, or should be one.</summary>
/// <param name="Place">Its place in the registry, for messages.</param>
internal sealed record Candidate(string Place)
{
    /// <summary>Null when there is none to read.</summary>
    public FoundSignature? Signature { get; init; }

    /// <summary>The reason why there is no manifest to read.</summary>
    public string? Fault { get; init; }

    /// <summary>True when the registry did not serve it.</summary>
    public bool IsOutage { get; init; }

    /// <summary>True when it is larger than what is read of anything.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>The earliest time for a retry; null when the registry gave none.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
