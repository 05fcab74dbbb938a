using System.Text.Json.Nodes;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests;

/// <summary>Logs and authorities: what must be there, and whose it must be.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly TestSigstore _sigstore = new();

    [Fact]
    public void A_certificate_of_another_authority_with_the_same_names_is_refused()
    {
        using var other = new TestSigstore { Log = _sigstore.Log, CertificateLog = _sigstore.CertificateLog };
        var bundle = other.Sign();

        Assert.StartsWith("the timestamp of", _sigstore.FaultOf(bundle), StringComparison.Ordinal);
        Assert.StartsWith(
            "no authority of the trust root issued",
            _sigstore.FaultOf(bundle, _sigstore.Policy(root => root["timestampAuthorities"] = new JsonArray())),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_promise_to_show_the_certificate_by_another_log_is_none()
    {
        using var other = new TestSigstore
        {
            Fulcio = _sigstore.Fulcio,
            Log = _sigstore.Log,
            Timestamper = _sigstore.Timestamper,
        };

        Assert.Equal(
            "no certificate transparency log of the trust root has promised to publish the certificate",
            _sigstore.FaultOf(other.Sign()));
    }

    [Fact]
    public void A_log_entry_of_another_signature_is_refused()
    {
        var (mine, other) = (_sigstore.Sign(), _sigstore.Sign());
        mine["verificationMaterial"]!["tlogEntries"] = other["verificationMaterial"]!["tlogEntries"]!.DeepClone();

        Assert.Equal("the log entry is about another signature", _sigstore.FaultOf(mine));
    }

    [Fact]
    public void A_log_entry_of_another_image_is_refused()
    {
        var (mine, other) = (_sigstore.Sign(), _sigstore.Sign(new() { Subject = "{}"u8.ToArray() }));
        mine["verificationMaterial"]!["tlogEntries"] = other["verificationMaterial"]!["tlogEntries"]!.DeepClone();

        Assert.Equal("the log entry is about another content", _sigstore.FaultOf(mine));
    }

    [Fact]
    public void A_certificate_that_was_not_logged_with_the_signature_is_refused()
    {
        var (mine, other) = (_sigstore.Sign(), _sigstore.Sign());
        mine["verificationMaterial"]!["certificate"] = other["verificationMaterial"]!["certificate"]!.DeepClone();

        Assert.Equal("the log entry is about another certificate", _sigstore.FaultOf(mine));
    }

    [Fact]
    public void Every_log_entry_has_to_hold()
    {
        var bundle = _sigstore.Sign();
        Entries(bundle).Add(Entries(_sigstore.Sign())[0]!.DeepClone());

        Assert.Equal("the log entry is about another signature", _sigstore.FaultOf(bundle));
    }

    [Fact]
    public void Every_timestamp_has_to_hold()
    {
        var bundle = _sigstore.Sign();
        Timestamps(bundle).Add(Timestamps(_sigstore.Sign())[0]!.DeepClone());

        Assert.Contains("is not one of this signature", _sigstore.FaultOf(bundle), StringComparison.Ordinal);
    }

    [Fact]
    public void More_witnesses_than_anybody_has_are_not_read()
    {
        var bundle = _sigstore.Sign();
        for (var i = 0; i < 8; i++)
            Entries(bundle).Add(Entries(bundle)[0]!.DeepClone());

        Assert.Equal("it came with more than 8 log entries and timestamps", _sigstore.FaultOf(bundle));
    }

    [Fact]
    public void A_log_entry_is_needed_where_the_trust_root_names_logs()
    {
        var bundle = _sigstore.Sign();
        Entries(bundle).Clear();

        Assert.Equal("it came without an entry of a transparency log", _sigstore.FaultOf(bundle));
        Assert.Null(_sigstore.FaultOf(bundle, _sigstore.Policy(root => root["tlogs"] = new JsonArray())));
    }

    [Fact]
    public void Without_a_timestamp_the_log_tells_the_time()
    {
        var bundle = _sigstore.Sign();
        bundle["verificationMaterial"]!.AsObject().Remove("timestampVerificationData");

        Assert.Null(_sigstore.FaultOf(bundle));
    }

    [Fact]
    public void Without_a_timestamp_Rekor_v2_tells_none()
    {
        using var sigstore = new TestSigstore(isVersion2: true);
        var bundle = sigstore.Sign();
        Timestamps(bundle).Clear();

        Assert.Equal("it has no proof of its time", sigstore.FaultOf(bundle));
    }

    [Fact]
    public void A_time_that_nobody_signed_is_none()
    {
        var bundle = _sigstore.Sign();
        Timestamps(bundle).Clear();
        Entries(bundle)[0]!.AsObject().Remove("inclusionPromise");
        Entries(bundle)[0]!["logIndex"] = "3";

        Assert.Equal("it has no proof of its time", _sigstore.FaultOf(bundle));
    }

    [Fact]
    public void A_promise_does_not_stand_in_for_a_bundles_proof()
    {
        var bundle = _sigstore.Sign();
        Entries(bundle)[0]!.AsObject().Remove("inclusionProof");

        Assert.Equal("the log entry has no proof of its inclusion", _sigstore.FaultOf(bundle));
    }

    [Fact]
    public void Certificates_need_not_be_shown_where_the_trust_root_names_no_log_for_it() =>
        Assert.Null(_sigstore.FaultWhen(new() { ShownAt = null }, root => root["ctlogs"] = new JsonArray()));

    [Fact]
    public void Timestamps_are_passed_over_where_the_trust_root_names_no_authority_for_them() => Assert.Null(
        _sigstore.FaultWhen(
            new() { StampedAt = TestSigning.Noon.AddYears(5) },
            root => root["timestampAuthorities"] = new JsonArray()));

    [Fact]
    public void A_refused_timestamp_is_none()
    {
        var bundle = _sigstore.Sign();
        var signature = Convert.FromBase64String((string?)bundle["dsseEnvelope"]!["signatures"]![0]!["sig"] ?? "");
        Timestamps(bundle)[0]!["signedTimestamp"] =
            Convert.ToBase64String(_sigstore.Timestamper.Stamp(signature, TestSigning.Noon, status: 2));

        Assert.Equal("the timestamp cannot be read", _sigstore.FaultOf(bundle));
    }

    [Fact]
    public void A_timestamp_by_a_certificate_for_another_purpose_is_none()
    {
        using var sigstore = new TestSigstore
        {
            TimeAuthority = _sigstore.TimeAuthority,
            Timestamper = new TestTimestamper(_sigstore.TimeAuthority, SigningCertificate.CodeSigning),
        };

        Assert.Contains("is not one of this signature", sigstore.FaultWhen(new()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_timestamp_by_another_certificate_of_the_same_authority_is_none()
    {
        using var successor = new TestTimestamper(_sigstore.TimeAuthority);
        var bundle = _sigstore.Sign();
        var signature = Convert.FromBase64String((string?)bundle["dsseEnvelope"]!["signatures"]![0]!["sig"] ?? "");
        Timestamps(bundle)[0]!["signedTimestamp"] =
            Convert.ToBase64String(successor.Stamp(signature, TestSigning.Noon));

        Assert.Contains("is not one of this signature", _sigstore.FaultOf(bundle), StringComparison.Ordinal);
    }

    public void Dispose() => _sigstore.Dispose();

    private static JsonArray Entries(JsonObject bundle) => bundle["verificationMaterial"]!["tlogEntries"]!.AsArray();

    private static JsonArray Timestamps(JsonObject bundle) =>
        bundle["verificationMaterial"]!["timestampVerificationData"]!["rfc3161Timestamps"]!.AsArray();
}
