using System.Numerics;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests;

/// <summary>Ed25519 by the test vectors of RFC 8032 section 7.1, and by what must not pass.</summary>
public sealed class Ed25519Tests
{
    private const string Seed = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";

    /// <summary>The number of multiples the base point has (RFC 8032 section 5.1).</summary>
    private static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    private readonly EdwardsKey _signer = new(Convert.FromHexString(Seed));

    [Theory]
    [InlineData(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            + "d25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            + "387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            + "4a7c15e9716ed28dc027beceea1ec40a")]
    public void The_vectors_of_the_specification_hold(string key, string message, string signature) => Assert.True(
        Verify(Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature)));

    [Fact]
    public void A_flipped_bit_is_refused_wherever_it_is()
    {
        var message = "message"u8.ToArray();
        var signature = _signer.Sign(message);
        for (var bit = 0; bit < signature.Length * 8; bit += 7)
            Assert.False(Verify(_signer.PublicKey, message, Tampering.Flip(signature, bit)), $"signature bit {bit}");
        for (var bit = 0; bit < message.Length * 8; bit += 5)
            Assert.False(Verify(_signer.PublicKey, Tampering.Flip(message, bit), signature), $"message bit {bit}");
        for (var bit = 0; bit < 256; bit += 13)
            Assert.False(Verify(Tampering.Flip(_signer.PublicKey, bit), message, signature), $"key bit {bit}");
    }

    [Fact]
    public void A_second_signature_cannot_be_made_of_a_first()
    {
        var signature = _signer.Sign([]);
        var larger = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order;

        Assert.True(larger.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true));
        Assert.False(Verify(_signer.PublicKey, [], signature));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_signature_of_another_length_is_refused(int length) =>
        Assert.False(Verify(_signer.PublicKey, [], [.. _signer.Sign([]).Concat(new byte[1]).Take(length)]));

    [Theory]
    [InlineData("")]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751")]      // a byte short
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a00")]  // and one too many
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]    // y = p + 1, that is 1
    [InlineData("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]    // y = p + 3, that is 3
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]    // x = 0, and odd
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]    // no x belongs to this y
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]    // of order 1
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]    // of order 8
    public void What_is_no_point_of_large_order_is_no_key(string encoded)
    {
        Assert.Null(VerificationKey.Read(EdwardsKey.Encode(Convert.FromHexString(encoded)), out var fault));
        Assert.Equal("it is not a point of edwards25519", fault);
    }

    [Theory]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]    // y = p + 1
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]    // x = 0, and odd
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]    // no point
    public void What_is_no_point_is_no_commitment(string encoded) => Assert.False(
        Verify(_signer.PublicKey, [], [.. Convert.FromHexString(encoded), .. _signer.Sign([])[32..]]));

    private static bool Verify(byte[] key, byte[] message, byte[] signature) =>
        VerificationKey.Read(EdwardsKey.Encode(key), out _)?.Verifies(message, signature) ?? false;
}
