using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Sigstore;

/// <summary>The <c>trusted_root.json</c> of authorities and logs that tests have made.</summary>
public static class TestTrustRoot
{
    public static JsonObject Of(
        TestLog log,
        TestCertificateLog certificateLog,
        TestAuthority fulcio,
        TestTimestamper timestamper,
        TestAuthority timeAuthority) => new()
        {
            ["mediaType"] = "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            ["tlogs"] = new JsonArray(LogInstance(log.PublicKey, log.Id)),
            ["certificateAuthorities"] = new JsonArray(Authority(fulcio.Intermediate, fulcio.Root)),
            ["ctlogs"] = new JsonArray(LogInstance(certificateLog.PublicKey, certificateLog.Id)),
            ["timestampAuthorities"] = new JsonArray(
            Authority(timestamper.Certificate, timeAuthority.Intermediate, timeAuthority.Root)),
        };

    private static JsonObject LogInstance(byte[] key, byte[] id) => new()
    {
        ["publicKey"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(key), ["validFor"] = Period() },
        ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(id) },
    };

    private static JsonObject Authority(params X509Certificate2[] chain) => new()
    {
        ["certChain"] = new JsonObject
        {
            ["certificates"] = new JsonArray([.. chain.Select(certificate =>
                new JsonObject { ["rawBytes"] = Convert.ToBase64String(certificate.RawData) })]),
        },
        ["validFor"] = Period(),
    };

    private static JsonObject Period() =>
        new() { ["start"] = "2025-01-01T00:00:00Z", ["end"] = "2027-01-01T00:00:00Z" };
}
