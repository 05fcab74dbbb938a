using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Tests.Models;

public sealed class ContentHasherTests
{
    // The check values of the catalogue of CRC algorithms; FIPS 180-4, RFC 1321, and git hash-object.
    [Theory]
    [InlineData(nameof(HashKind.Crc32C), "e3069283")]
    [InlineData(nameof(HashKind.Crc64Nvme), "ae8b14860a799888")]
    [InlineData(nameof(HashKind.Md5), "25f9e794323b453885f5181f1b624d0b")]
    [InlineData(nameof(HashKind.Sha256), "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")]
    [InlineData(nameof(HashKind.GitBlob), "e2e107ac61ac259b87c544f6e7a4eb03422c6c21")]
    public void Each_kind_gives_its_check_value(string kind, string expected)
    {
        using var hasher = Some(Enum.Parse<HashKind>(kind));

        hasher.Add("123456789"u8);

        Assert.Equal(expected, hasher.Hex());
    }

    [Fact]
    public void A_Git_blob_of_unknown_length_has_no_hasher() => Assert.Null(ContentHasher.Of(HashKind.GitBlob, null));

    [Fact]
    public void Cuts_do_not_change_a_hash() => Prop.ForAll<byte[], int>((bytes, at) =>
    {
        var cut = bytes.Length == 0 ? 0 : Math.Abs(at % (bytes.Length + 1));
        foreach (var kind in Enum.GetValues<HashKind>())
        {
            using var whole = Some(kind);
            using var cuts = Some(kind);
            whole.Add(bytes);
            cuts.Add(bytes.AsSpan(0, cut));
            cuts.Add(bytes.AsSpan(cut));
            Assert.Equal(whole.Hex(), cuts.Hex());
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Eight_bytes_a_step_are_as_good_as_one_by_one()
    {
        using var steps = new Crc64NvmeHasher();
        using var bytes = new Crc64NvmeHasher();
        var text = Encoding.ASCII.GetBytes(new string('x', 100) + "123");

        steps.Add(text);
        foreach (var each in text)
            bytes.Add([each]);

        Assert.Equal(bytes.Hex(), steps.Hex());
    }

    private static IContentHasher Some(HashKind kind) =>
        ContentHasher.Of(kind, 9) ?? throw new InvalidOperationException("A length is given.");
}
