using System.Text;
using Tracebloc.Registry;

namespace Tracebloc.Signatures.Tests;

/// <summary>Signatures that others made with the real tools and logs; where they are from stands beside them.</summary>
public sealed class PublishedSignatureTests
{
    private const string GitHub = "https://token.actions.githubusercontent.com";
    private const string Conda = "https://github.com/wolfv/sigstore-test/.github/workflows/action.yaml@refs/heads/main";
    private const string Beacon = "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon"
        + "/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";

    private static readonly ImageReference Dangerzone = ImageReference.Parse("ghcr.io/freedomofpress/dangerzone/v1");
    private static readonly Digest DangerzoneDigest = Digest.Parse(
        "sha256:7396780b5862cf8b37527854a2a2331e5c746b6a71aa1f424258c3bfaf3a1bd7");

    [Fact]
    public void An_image_that_cosign_signed_with_a_key_is_verified()
    {
        var signature = ReadCosign();

        var policy = SignaturePolicy.OfKey(Text("cosign.pub"), "cosign.pub", out _);

        Assert.NotNull(policy);
        Assert.Null(policy.FaultOf(signature, out _));
        Assert.Null(signature.Content.FaultFor(Dangerzone, DangerzoneDigest));
    }

    [Fact]
    public void Rekors_promise_in_a_cosign_signature_holds()
    {
        var root = TrustRoot.Read(Bytes("rekor-v1.trusted_root.json"), out _);
        var entry = Assert.Single(ReadCosign().Material.TlogEntries);

        Assert.Null(Assert.Single(root?.Logs ?? []).FaultOf(entry, needsProof: false));
    }

    [Theory]
    [InlineData("rekor-v1", Conda)]
    [InlineData("rekor-v2", Beacon)]
    public void A_keyless_signature_is_verified(string name, string identity)
    {
        var policy = SignaturePolicy.OfIdentity(GitHub, identity, Bytes($"{name}.trusted_root.json"), out _);

        Assert.NotNull(policy);
        Assert.Null(policy.FaultOf(ReadBundle(name), out _));
    }

    [Theory]
    [InlineData("rekor-v1", "rekor-v2", Conda, "a log that the trust root does not name")]
    [InlineData("rekor-v2", "rekor-v1", Beacon, "a log that the trust root does not name")]
    [InlineData("rekor-v1", "rekor-v1", Beacon, "the signer is https://github.com/wolfv/")]
    public void A_keyless_signature_under_another_trust_is_refused(
        string name, string root, string identity, string why)
    {
        var policy = SignaturePolicy.OfIdentity(GitHub, identity, Bytes($"{root}.trusted_root.json"), out _);

        Assert.NotNull(policy);
        Assert.Contains(why, policy.FaultOf(ReadBundle(name), out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Provenance_of_the_right_artifact_approves_of_it()
    {
        var content = ReadBundle("rekor-v2").Content;
        var subject = Digest.Parse("sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf");

        Assert.Null(content.FaultFor(Dangerzone, subject));
        Assert.Equal("the signed statement is about another image", content.FaultFor(Dangerzone, DangerzoneDigest));
    }

    private static FoundSignature ReadCosign()
    {
        Assert.True(Manifest.TryParse(Bytes("cosign.sig.json"), out var manifest, out var error), error);
        var layer = Assert.Single(manifest.Layers);
        var payload = Bytes("cosign.payload.json");
        Assert.True(layer.Digest.Matches(payload));
        return new SimpleSigningReader(layer.Annotations, needsMaterial: true).Read(payload, out var fault)
            ?? throw new InvalidOperationException(fault);
    }

    private static FoundSignature ReadBundle(string name) =>
        BundleReader.Read(Bytes($"{name}.bundle.json"), out var fault)?.ToSignature(default)
            ?? throw new InvalidOperationException(fault);

    private static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    private static byte[] Bytes(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Published", name));
}
