using Tracebloc.Registry;

namespace Tracebloc.Signatures;

/// <summary>The signer that an image must have.</summary>
public abstract record SignaturePolicy
{
    private protected SignaturePolicy()
    {
    }

    /// <summary>The signer's name in reports.</summary>
    public abstract string Signer { get; }

    /// <summary>
    /// The repository that images were signed in, where they were copied from there; null when it is their own. Only
    /// cosign's older layout contains it.
    /// </summary>
    public ImageReference? SignedAs { get; init; }

    /// <summary>
    /// The holder of a key. Nothing but the signature counts: neither when it was made, nor what logs say of it.
    /// </summary>
    /// <param name="pem">A public key as cosign writes it: ECDSA P-256 or P-384, or Ed25519.</param>
    /// <param name="name">Its name in reports, such as its file.</param>
    /// <param name="fault">The reason why the text holds no such key; null when it does.</param>
    /// <returns>Null when the text holds no such key.</returns>
    public static SignaturePolicy? OfKey(string pem, string name, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return VerificationKey.ReadPem(pem, out fault) is { } key ? new KeyPolicy(key, name) : null;
    }

    /// <summary>
    /// Requires a signature of an issuer's identity: the certificate, its time and the log entries are verified with
    /// the trust root alone, without a request.
    /// </summary>
    /// <param name="issuer">The OpenID Connect issuer, compared exactly.</param>
    /// <param name="identity">The certificate's name: a mail address or a workflow's URI, compared exactly.</param>
    /// <param name="trustRoot">The content of a <c>trusted_root.json</c> of sigstore.</param>
    /// <param name="fault">The reason why the trust root cannot be used; null when it can.</param>
    /// <returns>Null when the trust root cannot be used.</returns>
    public static SignaturePolicy? OfIdentity(
        string issuer, string identity, ReadOnlySpan<byte> trustRoot, out string? fault)
    {
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        ArgumentException.ThrowIfNullOrEmpty(identity);
        return TrustRoot.Read(trustRoot, out fault) is { } root ? new KeylessPolicy(issuer, identity, root) : null;
    }

    /// <summary>True when a certificate and its witnesses decide; a key needs none, so none is read.</summary>
    internal abstract bool NeedsMaterial { get; }

    /// <summary>The reason why the signature is not this signer's, or null. Its subject is not checked.</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="signedAt">The earliest time that a witness proves; null for a fault, and for a key.</param>
    internal abstract string? FaultOf(FoundSignature signature, out DateTimeOffset? signedAt);
}
