using System.Text;

namespace Tracebloc.Registry.Tests;

public sealed class DigestTests
{
    private const string OfNothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("sha256", 64)]
    [InlineData("sha384", 96)]
    [InlineData("sha512", 128)]
    public void A_known_algorithm_with_its_exact_length_is_read_and_printed(string algorithm, int length)
    {
        var text = $"{algorithm}:{new string('a', length)}";

        var digest = Digest.Parse(text);

        Assert.Equal(algorithm, digest.Algorithm);
        Assert.Equal(new string('a', length), digest.Hex);
        Assert.Equal(text, digest.ToString());
        Assert.Equal(Digest.Parse(text), digest);
    }

    [Theory]
    [InlineData("", 0, "no algorithm")]
    [InlineData("", 64, "no algorithm")]
    [InlineData(":", 64, "no algorithm")]
    [InlineData("sha256:", 0, "0 hexadecimal digits where 64")]
    [InlineData("sha256:", 63, "63 hexadecimal digits where 64")]
    [InlineData("sha256:", 65, "65 hexadecimal digits where 64")]
    [InlineData("sha512:", 64, "64 hexadecimal digits where 128")]
    [InlineData("sha256:g", 63, "lower-case hexadecimal")]
    [InlineData("sha256:A", 63, "lower-case hexadecimal")]
    [InlineData("sha256: ", 63, "lower-case hexadecimal")]
    [InlineData("SHA256:", 64, "algorithm is unknown")]
    [InlineData("md5:", 32, "algorithm is unknown")]
    [InlineData("sha256+b64:", 64, "algorithm is unknown")]
    public void Anything_else_is_refused_with_the_reason(string start, int digits, string reason)
    {
        var text = start + new string('a', digits);

        Assert.False(Digest.TryParse(text, out var digest));
        Assert.Null(digest);
        var error = Assert.Throws<FormatException>(() => Digest.Parse(text));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trailing_line_break_is_refused() => Assert.False(Digest.TryParse(OfNothing + "\n", out _));

    [Fact]
    public void Null_is_no_digest() => Assert.False(Digest.TryParse(null, out _));

    [Fact]
    public void The_digest_of_bytes_is_their_sha256() => Assert.Equal(OfNothing, Digest.Of([]).ToString());

    [Theory]
    [InlineData(OfNothing)]
    [InlineData("sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc"
        + "7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b")]
    [InlineData("sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e")]
    public void Content_is_checked_under_the_digests_own_algorithm(string nothing)
    {
        Assert.True(Digest.Parse(nothing).Matches([]));
        Assert.False(Digest.Parse(nothing).Matches(Encoding.UTF8.GetBytes("{}")));
    }
}
