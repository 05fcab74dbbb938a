using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Signatures.Tests;

/// <summary>The file that says whom to believe: what it must hold, and what is believed by it.</summary>
public sealed class TrustRootTests : IDisposable
{
    private readonly TestSigstore _sigstore = new();

    [Theory]
    [InlineData("", "it cannot be read at $")]
    [InlineData("null", "it is null")]
    [InlineData("[]", "it cannot be read at $")]
    [InlineData("{}", "it cannot be read at $")]
    [InlineData("{\"mediaType\":\"text/plain\"}", "no trusted_root.json of sigstore")]
    [InlineData("{\"mediaType\":\"a\",\"mediaType\":\"b\"}", "it cannot be read at $")]
    [InlineData("{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot.v0.2+json\"}", "no certificate authority")]
    public void A_file_of_something_else_is_refused(string json, string why)
    {
        Assert.Null(SignaturePolicy.OfIdentity("issuer", "identity", Encoding.UTF8.GetBytes(json), out var fault));
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Omissions => new(
        ("tlogs[0].publicKey.validFor.start", "it cannot be read at $.tlogs[0].publicKey.validFor"),
        ("tlogs[0].publicKey.rawBytes", "it cannot be read at $.tlogs[0].publicKey"),
        ("tlogs[0].logId", "it cannot be read at $.tlogs[0]"),
        ("certificateAuthorities[0].certChain", "it cannot be read at $.certificateAuthorities[0]"),
        ("certificateAuthorities[0].certChain.certificates[1]", "has no root certificate"),
        ("certificateAuthorities", "it names no certificate authority"));

    [Theory]
    [MemberData(nameof(Omissions))]
    public void A_trust_root_is_refused_without(string path, string why)
    {
        Assert.Contains(why, _sigstore.FaultOfRoot(root => Remove(root, path)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trust_root_that_can_tell_no_time_is_refused()
    {
        var fault = _sigstore.FaultOfRoot(root =>
        {
            Remove(root, "tlogs");
            Remove(root, "timestampAuthorities");
        });

        Assert.Contains("so that no time could be verified", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("certificateAuthorities", "a certificate in it cannot be read")]
    [InlineData("timestampAuthorities", "a certificate in it cannot be read")]
    public void A_certificate_that_is_none_is_refused(string authorities, string why)
    {
        var fault = _sigstore.FaultOfRoot(
            root => root[authorities]![0]!["certChain"]!["certificates"]![0]!["rawBytes"] = "AAAA");

        Assert.Equal(why, fault);
    }

    [Fact]
    public void An_id_of_another_length_is_refused()
    {
        var fault = _sigstore.FaultOfRoot(root => root["tlogs"]![0]!["logId"]!["keyId"] = "AAAA");

        Assert.Contains("has an id of other than 32 bytes", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tlogs[0].publicKey", "the log was not in use when it was made")]
    [InlineData("ctlogs[0].publicKey", "no certificate transparency log of the trust root has promised")]
    [InlineData("certificateAuthorities[0]", "no authority of the trust root issued its certificate")]
    [InlineData("timestampAuthorities[0]", "the timestamp of 2026-01-01 12:00:00Z is not one")]
    public void Nothing_is_believed_outside_its_time(string path, string why)
    {
        string? WithTime(string end, string time) =>
            _sigstore.FaultWhen(new(), root => At(root, $"{path}.validFor")![end] = time);

        Assert.StartsWith(why, WithTime("start", "2026-01-01T12:00:01Z") ?? "accepted", StringComparison.Ordinal);
        Assert.StartsWith(why, WithTime("end", "2026-01-01T11:59:59Z") ?? "accepted", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-01T12:00:00Z", null)]
    [InlineData("2026-01-01T12:00:00.000Z", "2026-01-01T12:00:00Z")]
    public void Both_ends_of_a_time_belong_to_it_and_the_end_may_be_open(string start, string? end)
    {
        string[] paths =
        [
            "tlogs[0].publicKey", "ctlogs[0].publicKey", "certificateAuthorities[0]", "timestampAuthorities[0]",
        ];

        Assert.Null(_sigstore.FaultWhen(new(), root =>
        {
            foreach (var path in paths)
                At(root, path)!["validFor"] = end is null
                    ? new JsonObject { ["start"] = start }
                    : new JsonObject { ["start"] = start, ["end"] = end };
        }));
    }

    [Fact]
    public void The_right_one_of_several_authorities_and_logs_is_believed()
    {
        using var other = new TestSigstore();

        Assert.Null(_sigstore.FaultWhen(new(), root =>
        {
            foreach (var (name, others) in other.TrustRoot())
                if (others is JsonArray array)
                    root[name]!.AsArray().Insert(0, array[0]!.DeepClone());
        }));
    }

    [Fact]
    public void A_key_of_a_kind_that_is_not_verified_does_no_harm_until_it_is_needed()
    {
        using var rsa = RSA.Create(2048);
        var key = Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());

        Assert.Null(_sigstore.FaultWhen(new(), root =>
        {
            var old = root["ctlogs"]![0]!.DeepClone();
            (old["publicKey"]!["rawBytes"], old["logId"]!["keyId"]) = (key, Convert.ToBase64String(new byte[32]));
            root["ctlogs"]!.AsArray().Insert(0, old);
        }));
        Assert.StartsWith(
            "the log's promise of inclusion is not signed by the log",
            _sigstore.FaultWhen(new(), root => root["tlogs"]![0]!["publicKey"]!["rawBytes"] = key),
            StringComparison.Ordinal);
    }

    public void Dispose() => _sigstore.Dispose();

    private static void Remove(JsonObject root, string path)
    {
        var node = At(root, path);
        if (node?.Parent is JsonArray array)
            array.Remove(node);
        else if (node?.Parent is JsonObject parent)
            parent.Remove(node.GetPropertyName());
    }

    private static JsonNode? At(JsonNode root, string path) => path.Split('.', '[').Aggregate(
        (JsonNode?)root,
        (node, step) => step.EndsWith(']') ? node?[int.Parse(step[..^1], null)] : node?[step]);
}
