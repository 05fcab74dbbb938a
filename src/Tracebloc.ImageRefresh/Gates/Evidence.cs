using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// The facts fetched to judge a digest: only for digests that pass every other gate, and only where an option asks.
/// </summary>
internal sealed record Evidence
{
    public PlatformEvidence? Platforms { get; init; }

    public SignatureEvidence? Signature { get; init; }
}

/// <param name="Wanted">The platforms that the digest has to be there for.</param>
/// <param name="Offered">Those that it is there for.</param>
/// <param name="Earlier">Those of the digest in place; null where they are not needed, or it is gone.</param>
internal sealed record PlatformEvidence(
    IReadOnlyList<Platform> Wanted,
    IReadOnlyList<PlatformManifest> Offered,
    IReadOnlyList<PlatformManifest>? Earlier)
{
    /// <summary>The reason why the required platforms are unknown; null where they are known.</summary>
    public string? Fault { get; init; }
}

/// <param name="IsVerified">True when the digest is signed as the configuration requires.</param>
/// <param name="Message">The signer, or the faults of the signatures.</param>
internal sealed record SignatureEvidence(bool IsVerified, string Message)
{
    /// <summary>True when the registry has more than is read, so that it is neither verified nor refused.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>The time of the signature by a log or a timestamp authority; null where none proves it.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>The time of the image by its configuration; null where it was not needed, or has none.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The reason why the required signer is unknown; null where it is known.</summary>
    public string? Fault { get; init; }
}
