using System.Security.Cryptography;

namespace Tracebloc.Signatures.Signing;

/// <summary>
/// A hashedrekord 0.0.2 that is proposed to Rekor v2, whose digest is that of the envelope's pre-authentication
/// encoding (sigstore/rekor-tiles #744).
/// </summary>
internal sealed record HashedEntryDocument(HashedEntryDocument.RequestPart HashedRekordRequestV002)
{
    public static HashedEntryDocument Of(Signature signature)
    {
        var verifier = signature.Certificate is { } certificate
            ? new VerifierPart { X509Certificate = new RawPart(certificate) }
            : new VerifierPart { PublicKey = new RawPart(signature.PublicKeyInfo.ToArray()) };
        var digest = SHA256.HashData(signature.Content.Message.Span);
        var signed = new SignaturePart(signature.Content.Signature, verifier);
        return new HashedEntryDocument(new RequestPart(digest, signed));
    }

    internal sealed record RequestPart(byte[] Digest, SignaturePart Signature);

    internal sealed record SignaturePart(byte[] Content, VerifierPart Verifier);

    internal sealed record VerifierPart
    {
        public RawPart? PublicKey { get; init; }

        public RawPart? X509Certificate { get; init; }

        public string KeyDetails { get; init; } = "PKIX_ECDSA_P256_SHA_256";
    }

    internal sealed record RawPart(byte[] RawBytes);
}
