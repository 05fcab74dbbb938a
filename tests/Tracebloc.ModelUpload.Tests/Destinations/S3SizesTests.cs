using Tracebloc.ModelUpload.Destinations;

namespace Tracebloc.ModelUpload.Tests.Destinations;

public sealed class S3SizesTests
{
    private const long Mebi = 1024 * 1024;

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8 * Mebi, 8)]
    [InlineData(80_000 * Mebi, 8)]
    [InlineData((80_000 * Mebi) + 1, 9)]
    [InlineData(1024 * 1024 * Mebi, 105)]
    public void Parts_are_as_small_as_ten_thousand_of_them_allow(long length, int mebi) =>
        Assert.Equal(mebi * Mebi, S3Limits.Default.PartOf(length));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(3, "3")]
    [InlineData(4, "4")]
    [InlineData(9, "4 4 1")]
    public async Task The_last_part_is_known_as_such_and_never_empty_behind_another(int length, string expected)
    {
        using var stream = new MemoryStream(new byte[length]);
        var reader = new PartReader(stream);
        var counts = new List<int>();
        while (!reader.IsAtEnd)
            counts.Add(await reader.FillAsync(new byte[4], TestContext.Current.CancellationToken));
        Assert.Equal(expected, string.Join(' ', counts));
    }

    [Fact]
    public void A_record_reads_as_it_was_written_and_other_text_is_none()
    {
        var record = new S3Record { Files = [new S3RecordedFile("a b/ü", 3, "tag", "origin", null)] };
        Assert.Equal(record.Files, S3Record.Parse(record.ToJson())?.Files);
        Assert.Null(S3Record.Parse("{"u8));
    }
}
