using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Signatures.Tests;

/// <summary>cosign's older layout: a signed payload, and the rest in annotations.</summary>
public sealed class SimpleSigningTests : IDisposable
{
    private const string Entry = "dev.sigstore.cosign/bundle", Certificate = "dev.sigstore.cosign/certificate";
    private const string Timestamp = "dev.sigstore.cosign/rfc3161timestamp";

    private static readonly ImageReference Image = ImageReference.Parse("registry.example/acme/app:prod");
    private static readonly string ImageDigest = FakeManifest.DigestOf(TestSigning.Image);

    private readonly TestSigstore _sigstore = new();

    [Theory]
    [InlineData("registry.example/acme/app")]
    [InlineData("registry.example/acme/app:other")]
    [InlineData("")]
    public void A_payload_is_for_its_repository_whatever_the_tag(string reference) =>
        Assert.Null(FaultOf(CosignSigner.Payload(reference, ImageDigest)));

    [Fact]
    public void A_payload_without_a_reference_is_for_the_digest_alone() => Assert.Null(FaultOf(
        Encoding.UTF8.GetBytes($$$"""
            {"critical":{"identity":{},"image":{"docker-manifest-digest":"{{{ImageDigest}}}"},
            "type":"cosign container image signature"}}
            """)));

    [Theory]
    [InlineData("registry.example/acme/other")]
    [InlineData("registry.example/acme/app/db")]
    [InlineData("registry.evil/acme/app")]
    [InlineData("registry.example:5000/acme/app")]
    [InlineData("acme/app")]
    [InlineData("registry.example/acme/APP")]
    public void A_payload_for_another_repository_is_refused(string reference) => Assert.Equal(
        $"the signature is for an image of {reference}, not of registry.example/acme/app",
        FaultOf(CosignSigner.Payload(reference, ImageDigest)));

    [Fact]
    public void Docker_Hub_is_the_same_under_both_its_names()
    {
        var payload = CosignSigner.Payload("index.docker.io/library/nginx", ImageDigest);
        var signed = new SimpleSigning(payload) { Signature = [] };

        Assert.Null(signed.FaultFor(ImageReference.Parse("nginx:stable"), Digest.Parse(ImageDigest)));
    }

    [Fact]
    public void A_payload_for_another_digest_is_refused()
    {
        var other = FakeManifest.DigestOf("other"u8);

        Assert.Equal($"the signature is for {other}", FaultOf(CosignSigner.Payload(Image.Repository, other)));
        Assert.StartsWith(
            "the signature is for an image of ",
            FaultOf(CosignSigner.Payload($"{Image.Repository}@{other}", ImageDigest)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is not cosign's: it cannot be read at $")]
    [InlineData("null", "is not cosign's: it is null")]
    [InlineData("{}", "is not cosign's: it cannot be read at $")]
    [InlineData("{\"critical\":{\"identity\":{},\"image\":{},\"type\":\"x\"}}", "be read at $.critical.image")]
    [InlineData(
        "{\"critical\":{\"identity\":{},\"image\":{\"docker-manifest-digest\":\"x\"},\"type\":\"x\"}}",
        "is not about a container image")]
    public void A_payload_of_something_else_is_refused(string payload, string why) =>
        Assert.Contains(why, FaultOf(Encoding.UTF8.GetBytes(payload)), StringComparison.Ordinal);

    [Fact]
    public void A_keyless_signature_in_annotations_is_verified() => Assert.Null(FaultOf(Sign()));

    [Fact]
    public void A_keyless_signature_in_annotations_needs_no_timestamp()
    {
        var signed = Sign();
        signed.Annotations.Remove(Timestamp);

        Assert.Null(FaultOf(signed));
    }

    public static TheoryData<string, string, string> Changes => new(
        (CosignSigner.Annotation, "", "the timestamp "),
        (Certificate, "", "the certificate is malformed|no authority|the certificate cannot|the signer"),
        (Timestamp, "$.SignedRFC3161Timestamp", "the timestamp "),
        (Entry, "$.SignedEntryTimestamp", "the log's promise of inclusion is not signed"),
        (Entry, "$.Payload.body", "the log's promise of inclusion is not signed"),
        (Entry, "$.Payload.integratedTime", "the log's promise of inclusion is not signed"),
        (Entry, "$.Payload.logIndex", "the log's promise of inclusion is not signed"),
        (Entry, "$.Payload.logID", "the log entry is of a log that the trust root does not name"));

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_refused_in(string annotation, string path, string why)
    {
        var signed = Sign();
        var text = signed.Annotations[annotation];
        signed.Annotations[annotation] = path != ""
            ? Tampering.With(JsonNode.Parse(text)!.AsObject(), path).ToJsonString()
            : annotation == Certificate
                ? PemEncoding.WriteString("CERTIFICATE", Flipped(Decoding.Certificate(text) ?? []))
                : Convert.ToBase64String(Flipped(Convert.FromBase64String(text)));

        var fault = FaultOf(signed) ?? "accepted";

        Assert.True(why.Split('|').Any(start => fault.StartsWith(start, StringComparison.Ordinal)), fault);
    }

    [Fact]
    public void A_change_is_refused_in_the_payload()
    {
        var signed = Sign();

        Assert.Equal(
            "the log entry is about another content",
            FaultOf(signed with { Payload = [.. signed.Payload, (byte)' '] }));
    }

    [Fact]
    public void Every_value_of_a_log_entry_is_among_those_that_are_changed() => Assert.Equal(
        Changes.Where(change => change.Data.Item1 == Entry).Select(change => change.Data.Item2).Order(),
        Tampering.PathsIn(JsonNode.Parse(Sign().Annotations[Entry])).Order());

    [Theory]
    [InlineData(CosignSigner.Annotation, "!", "the annotation dev.cosignproject.cosign/signature cannot be read")]
    [InlineData(CosignSigner.Annotation, "", "there is no annotation dev.cosignproject.cosign/signature")]
    [InlineData(Certificate, "-----BEGIN", "the annotation dev.sigstore.cosign/certificate cannot be read")]
    [InlineData(Certificate, "", "it came without a certificate")]
    [InlineData(Entry, "{}", "the annotation dev.sigstore.cosign/bundle cannot be read")]
    [InlineData(Entry, "", "it came without an entry of a transparency log")]
    [InlineData(Timestamp, "[", "the annotation dev.sigstore.cosign/rfc3161timestamp cannot be read")]
    public void An_annotation_that_is_none_is_refused(string annotation, string text, string why)
    {
        var signed = Sign();
        signed.Annotations[annotation] = text;

        Assert.Equal(why, FaultOf(signed));
    }

    public void Dispose() => _sigstore.Dispose();

    private static byte[] Flipped(byte[] bytes) => Tampering.Flip(bytes, bytes.Length * 4);

    private static string? FaultOf(byte[] payload) =>
        new SimpleSigning(payload) { Signature = [] }.FaultFor(Image, Digest.Parse(ImageDigest));

    private string? FaultOf(Signed signed)
    {
        var reader = new SimpleSigningReader(signed.Annotations, needsMaterial: true);
        if (reader.Read(signed.Payload, out var fault) is not { } found)
            return fault;
        return _sigstore.Policy().FaultOf(found, out _) ?? found.Content.FaultFor(Image, Digest.Parse(ImageDigest));
    }

    private Signed Sign()
    {
        var payload = CosignSigner.Payload(Image.Repository, ImageDigest);
        return new Signed(payload, _sigstore.SignPayload(payload));
    }

    private sealed record Signed(byte[] Payload, Dictionary<string, string> Annotations);
}
