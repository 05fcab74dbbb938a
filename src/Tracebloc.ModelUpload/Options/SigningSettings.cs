using Tracebloc.Configuration;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The signatures to make; the values matter only where <see cref="IsOn"/>.</summary>
internal sealed record SigningSettings
{
    public bool IsOn { get; init; }

    /// <summary>A cosign or PKCS#8 private key in PEM; null signs keyless.</summary>
    public string? KeyPath { get; init; }

    public Secret? KeyPassword { get; init; }

    public string? IdentityTokenPath { get; init; }

    public Uri? TufUrl { get; init; }

    public Uri? FulcioUrl { get; init; }

    public Uri? RekorUrl { get; init; }

    public Uri? TsaUrl { get; init; }

    /// <summary>1 or 2.</summary>
    public int RekorVersion { get; init; } = 1;

    /// <summary>A first <c>root.json</c> for TUF from a file.</summary>
    public string? TufRootPath { get; init; }

    /// <summary>A trusted root from a file instead of TUF.</summary>
    public string? TrustedRootPath { get; init; }
}
