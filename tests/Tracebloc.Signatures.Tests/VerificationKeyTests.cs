using System.Security.Cryptography;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests;

public sealed class VerificationKeyTests
{
    private static readonly byte[] Message = "message"u8.ToArray();

    public static TheoryData<string, string> Hashes => new(
        ("nistP256", "SHA256"), ("nistP384", "SHA384"), ("nistP384", "SHA256"));

    [Theory]
    [MemberData(nameof(Hashes))]
    public void A_signature_by_ECDSA_is_verified(string curve, string hash)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        var signature = key.SignData(Message, new HashAlgorithmName(hash), DSASignatureFormat.Rfc3279DerSequence);

        Assert.True(Read(key.ExportSubjectPublicKeyInfoPem()).Verifies(Message, signature));
        Assert.False(Read(key.ExportSubjectPublicKeyInfoPem()).Verifies("other"u8, signature));
    }

    [Theory]
    [InlineData("nistP256", "SHA384")]
    [InlineData("nistP384", "SHA512")]
    public void A_hash_that_nobody_uses_with_the_curve_is_none(string curve, string hash)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        var signature = key.SignData(Message, new HashAlgorithmName(hash), DSASignatureFormat.Rfc3279DerSequence);

        Assert.False(Read(key.ExportSubjectPublicKeyInfoPem()).Verifies(Message, signature));
    }

    [Fact]
    public void A_signature_by_Ed25519_is_verified()
    {
        var signer = new EdwardsKey(RandomNumberGenerator.GetBytes(32));
        var key = Read(PemEncoding.WriteString("PUBLIC KEY", signer.Encoded));

        Assert.True(key.Verifies(Message, signer.Sign(Message)));
        Assert.False(key.Verifies("other"u8, signer.Sign(Message)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("300602010102010100")]
    [InlineData("3006020100020100")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void What_is_no_signature_verifies_nothing(string signature)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.False(Read(key.ExportSubjectPublicKeyInfoPem()).Verifies(Message, Convert.FromHexString(signature)));
    }

    [Fact]
    public void The_same_signature_in_another_encoding_is_none()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var other = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;
        var signature = key.SignData(Message, HashAlgorithmName.SHA256, other);

        Assert.False(Read(key.ExportSubjectPublicKeyInfoPem()).Verifies(Message, signature));
    }

    [Fact]
    public void A_key_of_another_kind_is_refused_by_name()
    {
        using var rsa = RSA.Create(2048);
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP521);

        var (fault, other) = (
            FaultOf(rsa.ExportSubjectPublicKeyInfoPem()), FaultOf(wide.ExportSubjectPublicKeyInfoPem()));

        Assert.Contains("it is of another kind (RSA)", fault, StringComparison.Ordinal);
        Assert.Contains("ECDSA P-256, ECDSA P-384 and Ed25519 are verified", other, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_key_is_refused_and_not_repeated()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem();

        var fault = FaultOf(pem);

        Assert.Equal("it holds a private key, which must not be here; write the public key there", fault);
        Assert.DoesNotContain(pem.Split('\n')[1], fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no PEM block")]
    [InlineData("sha256:abc", "no PEM block")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "a CERTIFICATE, not a PUBLIC KEY")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "not a public key as RFC 5280")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "not a public key as RFC 5280")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----", "no PEM block")]
    public void What_is_no_key_is_refused_in_words(string pem, string why) =>
        Assert.Contains(why, FaultOf(pem), StringComparison.Ordinal);

    [Fact]
    public void A_point_off_the_curve_is_no_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encoded = key.ExportSubjectPublicKeyInfo();
        encoded[^1] ^= 1;
        var edwards = new EdwardsKey(new byte[32]).Encoded;
        Convert.FromHexString("0200000000000000000000000000000000000000000000000000000000000000").CopyTo(edwards, 12);

        Assert.Null(VerificationKey.Read(encoded, out _));
        Assert.Null(VerificationKey.Read(edwards, out var fault));
        Assert.Equal("it is not a point of edwards25519", fault);
    }

    [Fact]
    public void Bytes_behind_a_key_are_no_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Null(VerificationKey.Read([.. key.ExportSubjectPublicKeyInfo(), 0], out _));
    }

    [Fact]
    public void A_policy_says_what_is_wrong_with_its_key()
    {
        Assert.Null(SignaturePolicy.OfKey("nothing", "cosign.pub", out var fault));
        Assert.Contains("no PEM block", fault, StringComparison.Ordinal);
    }

    private static VerificationKey Read(string pem) =>
        VerificationKey.ReadPem(pem, out var fault) ?? throw new InvalidOperationException(fault);

    private static string FaultOf(string pem)
    {
        Assert.Null(VerificationKey.ReadPem(pem, out var fault));
        return fault ?? "";
    }
}
