namespace Tracebloc.Signatures.Signing;

/// <summary>SigningCertificate of Fulcio's API v2. A detached timestamp has no place in a bundle.</summary>
internal sealed record CertificateAnswer
{
    public EmbeddedPart? SignedCertificateEmbeddedSct { get; init; }

    internal sealed record EmbeddedPart
    {
        public required ChainPart Chain { get; init; }
    }

    internal sealed record ChainPart
    {
        /// <summary>PEM texts, the signer's first.</summary>
        public required IReadOnlyList<string> Certificates { get; init => field = JsonList.Of(value); }
    }
}
