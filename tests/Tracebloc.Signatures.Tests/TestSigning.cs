using System.Security.Cryptography;

namespace Tracebloc.Signatures.Tests;

/// <summary>How an image is signed without keys; by default as it should be, for a test to change one thing.</summary>
internal sealed record TestSigning
{
    public const string Identity = "https://github.com/acme/app/.github/workflows/release.yaml@refs/heads/main";
    public const string Issuer = "https://token.actions.example";

    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly byte[] Image = "{\"schemaVersion\":2}"u8.ToArray();

    public ECCurve Curve { get; init; } = ECCurve.NamedCurves.nistP256;

    /// <summary>The names in the certificate: a mail address where there is an @ and no scheme, else a URI.</summary>
    public IReadOnlyList<string> Names { get; init; } = [Identity];

    public string? GivenBy { get; init; } = Issuer;

    /// <summary>The issuer in the extension that certificates of before 2023 have.</summary>
    public string? GivenFormerlyBy { get; init; }

    public string Purpose { get; init; } = SigningCertificate.CodeSigning;

    public DateTimeOffset ValidFrom { get; init; } = Noon.AddMinutes(-1);

    public DateTimeOffset ValidUntil { get; init; } = Noon.AddMinutes(9);

    /// <summary>When the certificate log promised to show it; null for never.</summary>
    public DateTimeOffset? ShownAt { get; init; } = Noon;

    public DateTimeOffset LoggedAt { get; init; } = Noon;

    public DateTimeOffset StampedAt { get; init; } = Noon;

    /// <summary>A signature of the manifest itself, in place of one of a statement about it.</summary>
    public bool IsOfManifest { get; init; }

    /// <summary>True when the log takes it as hashedrekord, and not as dsse.</summary>
    public bool IsHashedRekord { get; init; }

    public string StatementType { get; init; } = "https://in-toto.io/Statement/v1";

    public string PredicateType { get; init; } = "https://sigstore.dev/cosign/sign/v1";

    public byte[] Subject { get; init; } = Image;
}
