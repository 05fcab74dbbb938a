using System.Security.Cryptography;

namespace Tracebloc.Signatures.Tests;

/// <summary>Signatures without a key, by a sigstore that is made in process.</summary>
public sealed class KeylessTests
{
    private static readonly DateTimeOffset Noon = TestSigning.Noon;

    /// <summary>Deviations of a signer, or of an impostor, and the reported reason of each.</summary>
    private static readonly Dictionary<string, (TestSigning Signing, string Why)> Deviations = new()
    {
        ["another mail address"] = (new() { Names = ["eve@acme.example"] }, "the signer is eve@acme.example, not"),
        ["another branch"] = (
            new() { Names = [$"{TestSigning.Identity}2"] }, $"the signer is {TestSigning.Identity}2, not https"),
        ["two names"] = (
            new() { Names = [TestSigning.Identity, "eve@acme.example"] }, " and eve@acme.example, not https"),
        ["no name"] = (new() { Names = [] }, "the signer is not named"),
        ["another issuer"] = (
            new() { GivenBy = "https://issuer.evil" }, "was issued by https://issuer.evil, not https://token.actions"),
        ["another issuer beside a former one"] = (
            new() { GivenBy = "https://issuer.evil", GivenFormerlyBy = TestSigning.Issuer }, "issuer.evil, not"),
        ["no issuer"] = (new() { GivenBy = null }, "was issued by an unnamed issuer"),
        ["a certificate for servers"] = (
            new() { Purpose = "1.3.6.1.5.5.7.3.1" }, "no authority of the trust root issued its certificate"),
        ["a certificate that had run out"] = (
            new() { ValidUntil = Noon.AddSeconds(-1) }, "issued its certificate for 2026-01-01 12:00:00Z"),
        ["a certificate of later"] = (
            new() { ValidFrom = Noon.AddSeconds(1) }, "no authority of the trust root issued its certificate"),
        ["a log entry of after the certificate"] = (
            new() { LoggedAt = Noon.AddHours(1) }, "no authority of the trust root issued its certificate"),
        ["a timestamp of after the certificate"] = (
            new() { StampedAt = Noon.AddHours(1) }, "no authority of the trust root issued its certificate"),
        ["a log entry of when the log was closed"] = (
            new() { LoggedAt = Noon.AddYears(2) }, "the log was not in use"),
        ["a timestamp of when the authority was closed"] = (
            new() { StampedAt = Noon.AddYears(2) }, "the timestamp of 2028-01-01 12:00:00Z is not one"),
        ["a certificate that was never shown"] = (new() { ShownAt = null }, "promised to publish the certificate"),
        ["a certificate shown when that log was closed"] = (
            new() { ShownAt = Noon.AddYears(2) }, "promised to publish the certificate"),
        ["a key of another curve"] = (
            new() { Curve = ECCurve.NamedCurves.nistP521 }, "ECDSA P-256, ECDSA P-384 and Ed25519 are verified"),
        ["another image"] = (new() { Subject = "{}"u8.ToArray() }, "is about another image"),
        ["another image's manifest"] = (
            new() { Subject = "{}"u8.ToArray(), IsOfManifest = true }, "the log entry is about another content"),
        ["a list of contents"] = (
            new() { PredicateType = "https://spdx.dev/Document" }, "is no approval: its predicate is https://spdx.dev"),
        ["a statement of another kind"] = (
            new() { StatementType = "https://in-toto.io/Statement/v2" }, "is no in-toto statement, by its _type"),
    };

    public static TheoryData<string> Deviating => [.. Deviations.Keys];

    public static TheoryData<bool, bool, bool> Forms => new(
        (false, false, false), (false, false, true), (false, true, true),
        (true, false, false), (true, false, true), (true, true, true));

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_of_a_signature_is_verified(bool isVersion2, bool isOfManifest, bool isHashedRekord)
    {
        using var sigstore = new TestSigstore(isVersion2);

        Assert.Null(sigstore.FaultWhen(new() { IsOfManifest = isOfManifest, IsHashedRekord = isHashedRekord }));
    }

    [Fact]
    public void A_key_on_P_384_signs_as_well()
    {
        using var sigstore = new TestSigstore();

        Assert.Null(sigstore.FaultWhen(new() { Curve = ECCurve.NamedCurves.nistP384 }));
    }

    [Fact]
    public void An_issuer_in_the_former_extension_is_known()
    {
        using var sigstore = new TestSigstore();

        Assert.Null(sigstore.FaultWhen(new() { GivenBy = null, GivenFormerlyBy = TestSigning.Issuer }));
    }

    [Theory]
    [InlineData("https://in-toto.io/Statement/v0.1", "https://slsa.dev/provenance/v0.2")]
    [InlineData("https://in-toto.io/Statement/v1", "https://slsa.dev/provenance/v1")]
    public void Provenance_approves_of_an_image(string statement, string predicate)
    {
        using var sigstore = new TestSigstore();

        Assert.Null(sigstore.FaultWhen(new() { StatementType = statement, PredicateType = predicate }));
    }

    [Theory]
    [MemberData(nameof(Deviating))]
    public void A_signature_is_refused_for(string deviation)
    {
        using var sigstore = new TestSigstore();
        var (signing, why) = Deviations[deviation];

        Assert.Contains(why, sigstore.FaultWhen(signing) ?? "accepted", StringComparison.Ordinal);
    }
}
