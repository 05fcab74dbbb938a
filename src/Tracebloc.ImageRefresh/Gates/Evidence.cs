using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>
/// The facts fetched to judge a digest: only for digests that pass every other gate, and only where an option asks.
/// </summary>
/// <param name="Digest">The digest that it is about, and says nothing of any other.</param>
internal sealed record Evidence(Digest Digest)
{
    public PlatformEvidence? Platforms { get; init; }

    public SignatureEvidence? Signature { get; init; }
}

/// <param name="Wanted">The platforms that the digest has to be there for.</param>
/// <param name="Offered">Those that it is there for.</param>
/// <param name="Earlier">Those of the digest in place; null where nobody asked, or it is gone.</param>
internal sealed record PlatformEvidence(
    IReadOnlyList<Platform> Wanted,
    IReadOnlyList<PlatformManifest> Offered,
    IReadOnlyList<PlatformManifest>? Earlier)
{
    /// <summary>Why it is not known what is wanted; null where it is.</summary>
    public string? Fault { get; init; }
}

/// <param name="IsVerified">Whether the digest is signed by whom the configuration names.</param>
/// <param name="Message">Who signed it, or what is wrong with which signature.</param>
internal sealed record SignatureEvidence(bool IsVerified, string Message)
{
    /// <summary>Why it is not known whose signature is wanted; null where it is.</summary>
    public string? Fault { get; init; }
}
