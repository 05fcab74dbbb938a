using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Options;

/// <summary>An image reference and the credentials for its registry.</summary>
internal sealed record OciSettings
{
    public required ImageReference Image { get; init; }

    /// <summary>Credentials for this registry and those of base images, by the kubelet's rules.</summary>
    public required CredentialStore Credentials { get; init; }

    /// <summary>False accepts any certificate.</summary>
    public bool VerifiesTls { get; init; } = true;

    /// <summary>The path of a PEM bundle of authorities beyond the system's.</summary>
    public string? CustomCa { get; init; }
}
