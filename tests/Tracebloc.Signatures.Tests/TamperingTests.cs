using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Signatures.Tests;

/// <summary>A bundle in which one value was changed is refused, whichever it is.</summary>
public sealed class TamperingTests
{
    private const string Material = "$.verificationMaterial", Entry = $"{Material}.tlogEntries[0]";
    private const string Proof = $"{Entry}.inclusionProof", Envelope = "$.dsseEnvelope";

    private const string Promise = "the log's promise of inclusion is not signed by the log";
    private const string Root = "the log's proof of inclusion does not lead to its root";
    private const string State = "the log's proof of inclusion is about another state than its checkpoint";
    private const string Timestamp = "the timestamp ";

    /// <summary>The reported reason for a change in each value of a bundle with an entry of Rekor.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["$.mediaType"] = "and only version 0.3 is read",
        [$"{Material}.certificate.rawBytes"] = "certificate",
        [$"{Entry}.logIndex"] = Promise,
        [$"{Entry}.logId.keyId"] = "the log entry is of a log that the trust root does not name",
        [$"{Entry}.kindVersion.kind"] = "the log entry claims to be",
        [$"{Entry}.kindVersion.version"] = "the log entry claims to be",
        [$"{Entry}.integratedTime"] = Promise,
        [$"{Entry}.inclusionPromise.signedEntryTimestamp"] = Promise,
        [$"{Proof}.logIndex"] = Root,
        [$"{Proof}.rootHash"] = State,
        [$"{Proof}.treeSize"] = State,
        [$"{Proof}.hashes[0]"] = Root,
        [$"{Proof}.hashes[1]"] = Root,
        [$"{Proof}.hashes[2]"] = Root,
        [$"{Proof}.checkpoint.envelope"] = "the log's checkpoint ",
        [$"{Entry}.canonicalizedBody"] = Promise,
        [$"{Material}.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp"] = Timestamp,
        [$"{Envelope}.payload"] = "the log entry is about another content",
        [$"{Envelope}.payloadType"] = "not an in-toto statement",
        [$"{Envelope}.signatures[0].sig"] = Timestamp,
    };

    /// <summary>Where it is something else with an entry of Rekor v2, which promises nothing.</summary>
    private static readonly Dictionary<string, string> ReasonsOfVersion2 = new()
    {
        [$"{Entry}.logIndex"] = "the log entry has two indexes",
        [$"{Entry}.canonicalizedBody"] = Root,
        [$"{Proof}.logIndex"] = "the log entry has two indexes",
    };

    private static readonly Dictionary<string, string> ReasonsOfManifest = new()
    {
        ["$.messageSignature.messageDigest.algorithm"] = "the signature is for another image, by its messageDigest",
        ["$.messageSignature.messageDigest.digest"] = "the signature is for another image, by its messageDigest",
        ["$.messageSignature.signature"] = Timestamp,
    };

    public static TheoryData<string> Paths => [.. Reasons.Keys];

    [Fact]
    public void Every_value_of_a_bundle_is_among_those_that_are_changed()
    {
        using var sigstore = new TestSigstore();
        var ofManifest = sigstore.Sign(new() { IsOfManifest = true })["messageSignature"];

        Assert.Equal(Reasons.Keys.Order(), Tampering.PathsIn(sigstore.Sign()).Order());
        Assert.Equal(ReasonsOfManifest.Keys.Order(), Tampering.PathsIn(ofManifest).Order());
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_change_is_refused_at(string path)
    {
        using var sigstore = new TestSigstore();

        var changed = Tampering.With(sigstore.Sign(), path);

        Assert.Contains(Reasons[path], sigstore.FaultOf(changed) ?? "accepted", StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_is_refused_in_a_bundle_with_Rekor_v2()
    {
        using var sigstore = new TestSigstore(isVersion2: true);
        var bundle = sigstore.Sign();
        foreach (var path in Tampering.PathsIn(bundle))
        {
            var why = ReasonsOfVersion2.GetValueOrDefault(path) ?? Reasons[path];

            var fault = sigstore.FaultOf(Tampering.With(bundle, path)) ?? "accepted";

            Assert.True(fault.Contains(why, StringComparison.Ordinal), $"{path}: {fault}");
        }
    }

    [Fact]
    public void A_change_is_refused_in_a_signature_over_the_manifest()
    {
        using var sigstore = new TestSigstore();
        var bundle = sigstore.Sign(new() { IsOfManifest = true });
        foreach (var (path, why) in ReasonsOfManifest)
            Assert.StartsWith(
                why, sigstore.FaultOf(Tampering.With(bundle, path)) ?? "accepted", StringComparison.Ordinal);
    }

    /// <summary>Each line of a checkpoint, and each part of its signature.</summary>
    [Theory]
    [InlineData("rekor.example - ", "rekor.evil - ")]
    [InlineData("\n7\n", "\n8\n")]
    [InlineData("\n7\n", "\nseven\n")]
    [InlineData("\n7\n", "\n7 \n")]
    [InlineData("\u2014 rekor.example ", "\u2014 rekor.evil ")]
    [InlineData("\u2014 rekor.example ", "- rekor.example ")]
    [InlineData("\n\n", "\nmore\n\n")]
    [InlineData("\n\n", "\n")]
    public void A_change_is_refused_in_a_checkpoints(string text, string other)
    {
        using var sigstore = new TestSigstore();
        var bundle = sigstore.Sign();
        var checkpoint = bundle["verificationMaterial"]!["tlogEntries"]![0]!["inclusionProof"]!["checkpoint"]!;
        var envelope = (string?)checkpoint["envelope"] ?? "";
        checkpoint["envelope"] = envelope.Replace(text, other, StringComparison.Ordinal);

        Assert.NotEqual(envelope, (string?)checkpoint["envelope"]);
        Assert.StartsWith("the log's checkpoint", sigstore.FaultOf(bundle) ?? "accepted", StringComparison.Ordinal);
    }

    [Fact]
    public void Any_flipped_bit_is_refused()
    {
        using var sigstore = new TestSigstore();
        var policy = sigstore.Policy();
        var bundle = sigstore.Sign();
        string[] paths = [.. Tampering.PathsIn(bundle).Where(path => IsSigned(bundle, path))];
        var changes =
            from path in Gen.Elements(paths)
            from bit in Gen.Choose(0, (BytesAt(bundle, path).Length * 8) - 1)
            select Tampering.With(bundle, path, bit);
        Prop.ForAll(changes.ToArbitrary(), changed => sigstore.FaultOf(changed, policy) is not null)
            .QuickCheckThrowOnFailure();
    }

    // The container around a timestamp's signed part is nobody's word: a bit in it may go unnoticed and says nothing.
    private static bool IsSigned(JsonObject bundle, string path) =>
        !path.EndsWith("signedTimestamp", StringComparison.Ordinal) && BytesAt(bundle, path) is not [];

    private static byte[] BytesAt(JsonObject bundle, string path) =>
        Tampering.BytesOf((string?)Tampering.ValueAt(bundle, path) ?? "") ?? [];
}
