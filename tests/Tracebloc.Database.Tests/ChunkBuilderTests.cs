using System.Text;

namespace Tracebloc.Database.Tests;

public sealed class ChunkBuilderTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("\\N", "\\\\N")]
    [InlineData("a\tb\nc\\d'e\0f", "a\\tb\\nc\\\\d\\'e\\0f")]
    [InlineData("line\r\nend", "line\r\\nend")]
    [InlineData("Größe 🦉 '' \"", "Größe 🦉 \\'\\' \"")]
    public void Special_bytes_are_escaped_so_that_LOAD_DATA_and_a_literal_read_them_alike(string text, string expected)
    {
        using var chunk = Chunks.Of([text]);

        Assert.Equal($"{expected}\n", Encoding.UTF8.GetString(chunk.Bytes.Span));
    }

    [Fact]
    public void Fields_are_separated_by_tabs_and_NULL_is_not_text()
    {
        var builder = new ChunkBuilder();
        builder.Add(long.MinValue);
        builder.AddNull();
        builder.Add("x"u8);
        builder.EndRow(7);
        using var chunk = builder.Take();

        Assert.Equal($"{long.MinValue}\t\\N\tx\n", Encoding.UTF8.GetString(chunk.Bytes.Span));
        Assert.Equal((1, 7L, null), (chunk.Count, chunk.LineOf(1), chunk.LineOf(2)));
    }

    [Fact]
    public void A_row_that_has_begun_stays_for_the_next_chunk()
    {
        var builder = new ChunkBuilder();
        builder.Add("first"u8);
        builder.EndRow(1);
        builder.Add("second"u8);
        using var first = builder.Take();
        builder.Add("more"u8);
        builder.EndRow(2);
        using var second = builder.Take();

        Assert.Equal("first\n", Encoding.UTF8.GetString(first.Bytes.Span));
        Assert.Equal("second\tmore\n", Encoding.UTF8.GetString(second.Bytes.Span));
        Assert.Equal(0, builder.Count);
    }

    [Fact]
    public void A_chunk_is_full_by_bytes_or_by_rows()
    {
        var wide = new ChunkBuilder();
        wide.Add(new byte[ChunkBuilder.MostBytes / 2].AsSpan());
        wide.EndRow(1);
        var narrow = new ChunkBuilder();
        for (var row = 1; row < ChunkBuilder.MostRows; row++)
        {
            narrow.Add(row);
            narrow.EndRow(row);
        }

        Assert.True(wide.IsFull);
        Assert.False(narrow.IsFull);
        narrow.Add(0);
        narrow.EndRow(ChunkBuilder.MostRows);
        Assert.True(narrow.IsFull);
    }
}
