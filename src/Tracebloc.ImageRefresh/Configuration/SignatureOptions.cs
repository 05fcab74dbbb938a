using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The required signer of a digest: a key, or an identity without keys.</summary>
public sealed record SignatureOptions
{
    /// <summary>A public key as cosign writes it.</summary>
    public string? KeyFile { get; init; }

    public KeylessOptions? Keyless { get; init; }

    /// <summary>The repository that the image was signed in, where it was copied from there.</summary>
    public ImageReference? SignedAs { get; init; }

    /// <summary>
    /// The longest time since the signature, or where no log proves its time, since the image was made; null: any.
    /// </summary>
    public TimeSpan? NotOlderThan { get; init; }

    /// <summary>
    /// For a restart: it keeps a rollout from being made, and no pod from pulling what the tag stands for.
    /// </summary>
    public bool Advisory { get; init; }
}

/// <param name="Issuer">The OpenID Connect issuer that authenticated the signer.</param>
/// <param name="Identity">The signer's name at the issuer.</param>
/// <param name="TrustRootFile">sigstore's <c>trusted_root.json</c>.</param>
public sealed record KeylessOptions(string Issuer, string Identity, string TrustRootFile);
