using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Signatures;

/// <summary>
/// A signature with all that it takes to verify it: Bundle of sigstore's protobuf-specs, version 0.3, as far as it is
/// used. The meaning of the fields is documented there.
/// </summary>
internal sealed record Bundle
{
    /// <summary>The start of the type of layers and artifacts that hold a bundle.</summary>
    public const string MediaTypeStart = "application/vnd.dev.sigstore.bundle";

    public required string MediaType { get; init; }

    public required VerificationMaterial VerificationMaterial { get; init; }

    public MessageSignature? MessageSignature { get; init; }

    public DsseEnvelope? DsseEnvelope { get; init; }

    /// <summary>True when the signature is over the image's manifest, which the bundle does not hold.</summary>
    public bool NeedsManifest => MessageSignature is not null;

    /// <summary>The signature that the bundle holds.</summary>
    /// <param name="manifest">The image's; only used where it is needed.</param>
    public FoundSignature ToSignature(ReadOnlyMemory<byte> manifest) => new(
        DsseEnvelope is { } envelope
            ? new SignedStatement(envelope.Payload) { Signature = envelope.Signatures[0].Sig }
            : new SignedManifest(manifest, MessageSignature?.MessageDigest)
            {
                Signature = MessageSignature?.Signature ?? [],
            },
        VerificationMaterial);
}

internal sealed record VerificationMaterial
{
    /// <summary>The signer's certificate; null where the key is known otherwise.</summary>
    public RawCertificate? Certificate { get; init; }

    [AllowNull]
    public IReadOnlyList<LogEntry> TlogEntries { get; init => field = JsonList.Of(value); } = [];

    public TimestampVerificationData? TimestampVerificationData { get; init; }
}

internal sealed record RawCertificate
{
    public required byte[] RawBytes { get; init; }
}

internal sealed record TimestampVerificationData
{
    [AllowNull]
    public IReadOnlyList<TimestampResponse> Rfc3161Timestamps { get; init => field = JsonList.Of(value); } = [];
}

internal sealed record TimestampResponse
{
    public required byte[] SignedTimestamp { get; init; }
}

internal sealed record MessageSignature
{
    public HashOutput? MessageDigest { get; init; }

    public required byte[] Signature { get; init; }
}
