using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests;

/// <summary>
/// Authorities renew certificates and logs change keys. A trust root keeps the former ones, each with its own period.
/// </summary>
public sealed class RenewalTests : IDisposable
{
    private static readonly DateTimeOffset Renewal = TestSigning.Noon.AddDays(-1), Before = Renewal.AddSeconds(-1);

    private readonly TestAuthority _authority = new("time");
    private readonly TestTimestamper _former, _present;

    public RenewalTests() => (_former, _present) = (
        new TestTimestamper(_authority, serial: 3) { IncludesCertificate = true },
        new TestTimestamper(_authority, serial: 4) { IncludesCertificate = true });

    [Theory]
    [InlineData(true, -1, true)]
    [InlineData(true, 0, true)]
    [InlineData(true, 1, false)]
    [InlineData(false, -1, false)]
    [InlineData(false, 0, true)]
    [InlineData(false, 1, true)]
    public void A_timestamp_counts_only_in_the_period_of_the_certificate_that_made_it(
        bool isFormer, int seconds, bool counts)
    {
        using var sigstore = new TestSigstore
        {
            TimeAuthority = _authority,
            Timestamper = isFormer ? _former : _present,
        };

        var fault = sigstore.FaultWhen(At(Renewal.AddSeconds(seconds)), root => root["timestampAuthorities"] =
            new JsonArray(
                Entry(root, _former.Certificate, "end"),
                Entry(root, _present.Certificate, "start")));

        if (counts)
            Assert.Null(fault);
        else
            Assert.Contains("is not one of this signature by an authority", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public void A_timestamp_counts_only_while_its_certificate_is_valid(int seconds, bool counts)
    {
        using var timestamper = new TestTimestamper(_authority, serial: 5, until: Renewal);
        using var sigstore = new TestSigstore { TimeAuthority = _authority, Timestamper = timestamper };

        Assert.Equal(counts, sigstore.FaultWhen(At(Renewal.AddSeconds(seconds))) is null);
    }

    [Fact]
    public void A_timestamp_of_before_its_certificate_is_none()
    {
        using var timestamper = new TestTimestamper(_authority, serial: 5, from: Renewal);
        using var sigstore = new TestSigstore { TimeAuthority = _authority, Timestamper = timestamper };

        Assert.Contains("is not one of this signature", sigstore.FaultWhen(At(Before)), StringComparison.Ordinal);
        Assert.Null(sigstore.FaultWhen(At(Renewal)));
    }

    [Fact]
    public void A_timestamp_under_an_intermediate_that_has_run_out_is_none()
    {
        using var authority = new TestAuthority("time", until: Renewal);
        using var sigstore = new TestSigstore
        {
            TimeAuthority = authority,
            Timestamper = new TestTimestamper(authority),
        };

        Assert.Null(sigstore.FaultWhen(At(Before)));
        Assert.Contains(
            "is not one of this signature", sigstore.FaultWhen(At(Renewal.AddSeconds(1))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signing_certificate_under_an_intermediate_that_has_run_out_is_none()
    {
        using var sigstore = new TestSigstore { Fulcio = new TestAuthority("fulcio", until: Renewal) };

        Assert.Null(sigstore.FaultWhen(At(Before)));
        Assert.StartsWith(
            "no authority of the trust root issued its certificate",
            sigstore.FaultWhen(At(Renewal.AddSeconds(1))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("start", 1)]
    [InlineData("end", -1)]
    public void A_log_without_a_clock_must_have_been_in_use_at_the_time_of_the_timestamp(string end, int seconds)
    {
        using var sigstore = new TestSigstore(isVersion2: true);

        string? WithPeriod(int shift) => sigstore.FaultWhen(new(), root =>
            root["tlogs"]![0]!["publicKey"]!["validFor"]![end] = $"{TestSigning.Noon.AddSeconds(shift):O}");

        Assert.Null(WithPeriod(0));
        Assert.Equal("the log was not in use when it was made", WithPeriod(seconds));
    }

    [Fact]
    public void A_former_key_of_a_log_vouches_for_nothing_after_its_period()
    {
        using var successor = new TestLog();
        using var sigstore = new TestSigstore();

        string? FaultAt(DateTimeOffset time) => sigstore.FaultWhen(At(time), root =>
        {
            var logs = root["tlogs"]!.AsArray();
            var next = logs[0]!.DeepClone();
            next["publicKey"]!["rawBytes"] = Convert.ToBase64String(successor.PublicKey);
            next["publicKey"]!["validFor"]!["start"] = $"{Renewal:O}";
            next["logId"]!["keyId"] = Convert.ToBase64String(successor.Id);
            logs[0]!["publicKey"]!["validFor"]!["end"] = $"{Renewal:O}";
            logs.Insert(0, next);
        });

        Assert.Null(FaultAt(Before));
        Assert.Equal("the log was not in use when it was made", FaultAt(Renewal.AddSeconds(1)));
    }

    public void Dispose()
    {
        _former.Dispose();
        _present.Dispose();
        _authority.Dispose();
    }

    private static TestSigning At(DateTimeOffset time) => new()
    {
        ValidFrom = time.AddMinutes(-1),
        ValidUntil = time.AddMinutes(9),
        ShownAt = time,
        LoggedAt = time,
        StampedAt = time,
    };

    /// <summary>The authority's entry with this end certificate, in use until, or from, the renewal.</summary>
    private static JsonNode Entry(JsonObject root, X509Certificate2 certificate, string end)
    {
        var entry = root["timestampAuthorities"]![0]!.DeepClone();
        entry["certChain"]!["certificates"]![0]!["rawBytes"] = Convert.ToBase64String(certificate.RawData);
        entry["validFor"]![end] = $"{Renewal:O}";
        return entry;
    }
}
