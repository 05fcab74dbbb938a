using System.Text;

namespace Tracebloc.Signatures.Signing;

/// <summary>The certificate authority of sigstore, by its API v2.</summary>
internal sealed class Fulcio(ServiceClient client, Uri address)
{
    private readonly Uri _endpoint = ServiceAddress.Below(address, "/api/v2/signingCert");

    /// <summary>The certificate of a key for the token's identity, in DER.</summary>
    /// <exception cref="SigningException">Fulcio did not issue one, or one that is of another key.</exception>
    public async Task<byte[]> CertifyAsync(
        IdentityToken token, SigningKey key, CancellationToken cancellationToken)
    {
        var proof = key.Sign(Encoding.UTF8.GetBytes(token.ProofSubject));
        var request = CertificateRequestDocument.Of(token, key, proof);
        var body = ServiceJson.Write(request, ServiceJson.Plain.CertificateRequestDocument);
        var answer = await client.SendAsync(ServiceCall.Post(_endpoint, body), cancellationToken);
        if (!answer.IsOk)
            throw Fault(Redacted(answer.Fault, answer.Status, token), answer.IsTransient);
        var document = SigstoreJson.Read(answer.Body.Span, SigstoreJson.Default.CertificateAnswer, out var fault);
        if (document is null)
            throw Fault($"the answer is malformed: {fault}");
        if (document.SignedCertificateEmbeddedSct?.Chain.Certificates is not [var leaf, ..])
            throw Fault("the answer has no certificate with an embedded timestamp");
        if (Decoding.Certificate(leaf) is not { } certificate)
            throw Fault("the certificate cannot be read");
        return IsOf(certificate, key) ? certificate : throw Fault("the certificate is of another key");
    }

    // An answer may repeat what was sent to it.
    private static string Redacted(string fault, int status, IdentityToken token) =>
        token.Text.Split('.').Any(part => part.Length > 0 && fault.Contains(part, StringComparison.Ordinal))
            ? $"{status}, with an answer that repeats the token"
            : fault;

    private static bool IsOf(byte[] encoded, SigningKey key)
    {
        using var certificate = SigningCertificate.Read(encoded, out _);
        return certificate is not null && certificate.Certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan()
            .SequenceEqual(key.PublicKeyInfo.Span);
    }

    private SigningException Fault(string reason, bool isTransient = false) =>
        new($"Certificate from Fulcio {address} is missing: {reason}", address, isTransient);
}
