namespace Tracebloc.Signatures.Signing;

/// <summary>CreateSigningCertificateRequest of Fulcio's API v2. It holds the token: never log it.</summary>
internal sealed record CertificateRequestDocument
{
    public required CredentialsPart Credentials { get; init; }

    public required KeyRequestPart PublicKeyRequest { get; init; }

    public static CertificateRequestDocument Of(IdentityToken token, SigningKey key, byte[] proof) => new()
    {
        Credentials = new CredentialsPart(token.Text),
        PublicKeyRequest = new KeyRequestPart(new KeyPart("ECDSA", key.PublicKeyPem), proof),
    };

    internal sealed record CredentialsPart(string OidcIdentityToken)
    {
        public override string ToString() => nameof(CredentialsPart);
    }

    internal sealed record KeyRequestPart(KeyPart PublicKey, byte[] ProofOfPossession);

    internal sealed record KeyPart(string Algorithm, string Content);
}
