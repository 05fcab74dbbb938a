using Tracebloc.Ingestion.Staging;
using ZstdSharp;

namespace Tracebloc.Ingestion.Tests.Staging;

public sealed class ChunkTests
{
    private static readonly byte[] Text = [.. Enumerable.Repeat((byte)'a', 200_000)];
    private static readonly byte[] Noise = Random(200_000);

    [Fact]
    public void A_chunk_that_inflates_beyond_its_bounds_is_refused()
    {
        using var compressor = new Compressor(1);
        var bomb = compressor.Wrap(new byte[4 << 20]).ToArray();
        using var reader = new ChunkReader();

        var fault = Assert.Throws<StagingException>(
            () => reader.Read(new Frame(FrameType.Data, (byte[])[1, .. bomb])));

        Assert.Equal(StagingFailure.Protocol, fault.Failure);
    }

    [Fact]
    public void A_chunk_that_gets_smaller_is_read_back()
    {
        using var compressor = new ChunkCompressor(CompressionChoice.Always);
        var target = new byte[Frame.LargestPayload];

        var length = compressor.Compress(Text, target);

        Assert.NotNull(length);
        using var reader = new ChunkReader();
        Assert.Equal(Text, reader.Read(new Frame(FrameType.Data, (byte[])[1, .. target[..length.Value]])).ToArray());
    }

    [Fact]
    public void An_extension_whose_files_do_not_get_smaller_is_hardly_tried_any_more()
    {
        using var compressor = new ChunkCompressor(CompressionChoice.Always);
        var (target, tried) = (new byte[Frame.LargestPayload], 0);
        for (var chunk = 0; chunk < 500; chunk++)
        {
            compressor.Begin("images/a.jpg");
            if (!compressor.IsWorth(isBehind: false)) continue;
            tried++;
            Assert.Null(compressor.Compress(Noise, target));
        }

        Assert.InRange(tried, 4, 12);
        compressor.Begin("labels.csv");
        Assert.True(compressor.IsWorth(isBehind: false));
    }

    [Theory]
    [InlineData(CompressionChoice.Always, false, true)]
    [InlineData(CompressionChoice.Always, true, true)]
    [InlineData(CompressionChoice.Never, true, false)]
    [InlineData(CompressionChoice.Auto, true, true)]
    [InlineData(CompressionChoice.Auto, false, false)]
    public void Compression_is_worth_it_while_the_connection_is_the_slower_part(
        CompressionChoice choice, bool isBehind, bool isWorth)
    {
        using var compressor = new ChunkCompressor(choice);

        Assert.Equal(isWorth, compressor.IsWorth(isBehind));
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
