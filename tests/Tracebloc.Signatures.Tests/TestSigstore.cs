using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Registry;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests;

/// <summary>A sigstore of the tests' own: Fulcio, Rekor, a certificate log and a timestamp authority.</summary>
internal sealed partial class TestSigstore : IDisposable
{
    private const string PayloadType = "application/vnd.in-toto+json";

    public TestSigstore(bool isVersion2 = false)
    {
        Log = new TestLog { IsVersion2 = isVersion2 };
        Timestamper = new TestTimestamper(TimeAuthority);
    }

    public TestAuthority Fulcio { get; init; } = new("fulcio");

    public TestAuthority TimeAuthority { get; init; } = new("time");

    public TestLog Log { get; init; }

    public TestCertificateLog CertificateLog { get; init; } = new();

    public TestTimestamper Timestamper { get; init; }

    /// <summary>A bundle as cosign makes it.</summary>
    public JsonObject Sign(TestSigning? signing = null)
    {
        signing ??= new TestSigning();
        using var key = ECDsa.Create(signing.Curve);
        var certificate = Issue(key, signing);
        var payload = Encoding.UTF8.GetBytes(Statement(signing).ToJsonString());
        var message = signing.IsOfManifest ? signing.Subject : Encode(payload);
        var hash = key.KeySize == 256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384;
        var signature = key.SignData(message, hash, DSASignatureFormat.Rfc3279DerSequence);
        var body = signing.IsOfManifest || signing.IsHashedRekord
            ? HashedRekord(message, signature, certificate)
            : Dsse(payload, signature, certificate);
        var bundle = new JsonObject
        {
            ["mediaType"] = "application/vnd.dev.sigstore.bundle.v0.3+json",
            ["verificationMaterial"] = new JsonObject
            {
                ["certificate"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(certificate.RawData) },
                ["tlogEntries"] = new JsonArray(Log.Add(body, signing.LoggedAt)),
                ["timestampVerificationData"] = new JsonObject
                {
                    ["rfc3161Timestamps"] = new JsonArray(new JsonObject
                    {
                        ["signedTimestamp"] = Convert.ToBase64String(Timestamper.Stamp(signature, signing.StampedAt)),
                    }),
                },
            },
        };
        var (name, content) = Content(signing, payload, signature);
        bundle[name] = content;
        return bundle;
    }

    /// <summary>The annotations of a payload's layer in cosign's older layout.</summary>
    public Dictionary<string, string> SignPayload(byte[] payload)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Issue(key, new TestSigning());
        var signature = key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var entry = Log.Add(HashedRekord(payload, signature, certificate), TestSigning.Noon);
        var timestamp = Convert.ToBase64String(Timestamper.Stamp(signature, TestSigning.Noon));
        return new Dictionary<string, string>
        {
            ["dev.cosignproject.cosign/signature"] = Convert.ToBase64String(signature),
            ["dev.sigstore.cosign/certificate"] = certificate.ExportCertificatePem(),
            ["dev.sigstore.cosign/rfc3161timestamp"] =
                new JsonObject { ["SignedRFC3161Timestamp"] = timestamp }.ToJsonString(),
            ["dev.sigstore.cosign/bundle"] = new JsonObject
            {
                ["SignedEntryTimestamp"] = entry["inclusionPromise"]?["signedEntryTimestamp"]?.DeepClone(),
                ["Payload"] = new JsonObject
                {
                    ["body"] = entry["canonicalizedBody"]?.DeepClone(),
                    ["integratedTime"] = entry["integratedTime"]?.DeepClone(),
                    ["logIndex"] = entry["logIndex"]?.DeepClone(),
                    ["logID"] = Convert.ToHexStringLower(Log.Id),
                },
            }.ToJsonString(),
        };
    }

    public SignaturePolicy Policy(Action<JsonObject>? change = null) =>
        Policy(change, out var fault) ?? throw new InvalidOperationException(fault);

    /// <summary>Why the changed trust root cannot be used.</summary>
    public string FaultOfRoot(Action<JsonObject> change)
    {
        Assert.Null(Policy(change, out var fault));
        return fault ?? "";
    }

    /// <summary>The reason why the bundle is no signature of the image, or null.</summary>
    public string? FaultOf(JsonObject bundle, SignaturePolicy? policy = null) =>
        FaultOf(bundle.ToJsonString(), policy ?? Policy());

    public string? FaultWhen(TestSigning signing, Action<JsonObject>? change = null) =>
        FaultOf(Sign(signing), Policy(change));

    private SignaturePolicy? Policy(Action<JsonObject>? change, out string? fault)
    {
        var root = TrustRoot();
        change?.Invoke(root);
        return SignaturePolicy.OfIdentity(
            TestSigning.Issuer, TestSigning.Identity, Encoding.UTF8.GetBytes(root.ToJsonString()), out fault);
    }

    public void Dispose()
    {
        Fulcio.Dispose();
        TimeAuthority.Dispose();
        Log.Dispose();
        CertificateLog.Dispose();
        Timestamper.Dispose();
    }

    private static string? FaultOf(string bundle, SignaturePolicy policy)
    {
        var found = BundleReader.Read(Encoding.UTF8.GetBytes(bundle), out var fault)?.ToSignature(TestSigning.Image);
        if (found is null)
            return fault;
        var image = ImageReference.Parse("registry.example/acme/app");
        return policy.FaultOf(found, out _) ?? found.Content.FaultFor(image, Digest.Of(TestSigning.Image));
    }

    private static (string Name, JsonObject Content) Content(TestSigning signing, byte[] payload, byte[] signature) =>
        signing.IsOfManifest
            ? ("messageSignature", new JsonObject
            {
                ["messageDigest"] = new JsonObject
                {
                    ["algorithm"] = "SHA2_256",
                    ["digest"] = Convert.ToBase64String(SHA256.HashData(signing.Subject)),
                },
                ["signature"] = Convert.ToBase64String(signature),
            })
            : ("dsseEnvelope", new JsonObject
            {
                ["payload"] = Convert.ToBase64String(payload),
                ["payloadType"] = PayloadType,
                ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(signature) }),
            });

    private static JsonObject Statement(TestSigning signing) => new()
    {
        ["_type"] = signing.StatementType,
        ["subject"] = new JsonArray(new JsonObject
        {
            ["digest"] = new JsonObject { ["sha256"] = Digest.Of(signing.Subject).Hex },
        }),
        ["predicateType"] = signing.PredicateType,
        ["predicate"] = new JsonObject(),
    };

    private static byte[] Encode(byte[] payload) =>
        [.. Encoding.UTF8.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} "), .. payload];
}
