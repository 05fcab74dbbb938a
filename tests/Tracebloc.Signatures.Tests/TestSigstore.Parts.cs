using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests;

internal sealed partial class TestSigstore
{
    public JsonObject TrustRoot() => TestTrustRoot.Of(Log, CertificateLog, Fulcio, Timestamper, TimeAuthority);

    /// <summary>The certificate, with the log's promise over the same one without it.</summary>
    private X509Certificate2 Issue(ECDsa key, TestSigning signing)
    {
        var request = TestAuthority.Request(new X500DistinguishedName(""), key);
        request.CertificateExtensions.Add(TestAuthority.Purpose(signing.Purpose));
        if (signing.Names is not [])
            request.CertificateExtensions.Add(Names(signing.Names));
        if (signing.GivenBy is { } issuer)
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.57264.1.8", Utf8(issuer), false));
        if (signing.GivenFormerlyBy is { } former)
            request.CertificateExtensions.Add(
                new X509Extension("1.3.6.1.4.1.57264.1.1", Encoding.UTF8.GetBytes(former), false));
        var certificate = Fulcio.Issue(request, signing.ValidFrom, signing.ValidUntil);
        if (signing.ShownAt is not { } shown)
            return certificate;
        request.CertificateExtensions.Add(CertificateLog.Promise(certificate, Fulcio.Intermediate, shown));
        return Fulcio.Issue(request, signing.ValidFrom, signing.ValidUntil);
    }

    private static X509Extension Names(IReadOnlyList<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
            if (name.Contains("://", StringComparison.Ordinal))
                builder.AddUri(new Uri(name));
            else
                builder.AddEmailAddress(name);
        return builder.Build(critical: true);
    }

    private static byte[] Utf8(string text)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
        return writer.Encode();
    }

    private JsonObject HashedRekord(byte[] message, byte[] signature, X509Certificate2 certificate) => Log.IsVersion2
        ? Entry("hashedrekord", "0.0.2", new JsonObject
        {
            ["hashedRekordV002"] = new JsonObject
            {
                ["data"] = Hash(message),
                ["signature"] = Signature(signature, certificate),
            },
        })
        : Entry("hashedrekord", "0.0.1", new JsonObject
        {
            ["data"] = new JsonObject { ["hash"] = HexHash(message) },
            ["signature"] = new JsonObject
            {
                ["content"] = Convert.ToBase64String(signature),
                ["publicKey"] = new JsonObject { ["content"] = Pem(certificate) },
            },
        });

    private JsonObject Dsse(byte[] payload, byte[] signature, X509Certificate2 certificate) => Log.IsVersion2
        ? Entry("dsse", "0.0.2", new JsonObject
        {
            ["dsseV002"] = new JsonObject
            {
                ["payloadHash"] = Hash(payload),
                ["signatures"] = new JsonArray(Signature(signature, certificate)),
            },
        })
        : Entry("dsse", "0.0.1", new JsonObject
        {
            ["payloadHash"] = HexHash(payload),
            ["signatures"] = new JsonArray(new JsonObject
            {
                ["signature"] = Convert.ToBase64String(signature),
                ["verifier"] = Pem(certificate),
            }),
        });

    private static JsonObject Entry(string kind, string version, JsonObject spec) =>
        new() { ["apiVersion"] = version, ["kind"] = kind, ["spec"] = spec };

    private static JsonObject Hash(byte[] content) => new()
    {
        ["algorithm"] = "SHA2_256",
        ["digest"] = Convert.ToBase64String(SHA256.HashData(content)),
    };

    private static JsonObject HexHash(byte[] content) =>
        new() { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(SHA256.HashData(content)) };

    private static JsonObject Signature(byte[] signature, X509Certificate2 certificate) => new()
    {
        ["content"] = Convert.ToBase64String(signature),
        ["verifier"] = new JsonObject
        {
            ["x509Certificate"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(certificate.RawData) },
        },
    };

    private static string Pem(X509Certificate2 certificate) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(certificate.ExportCertificatePem()));
}
