using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

public sealed class TransferTests : IDisposable
{
    private readonly StagingScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_folder_arrives_with_all_of_its_files()
    {
        WriteSamples();

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal((5, 1_300_026L, 0, 1_300_026L), (result.Files, result.Bytes, result.KeptFiles, result.SentBytes));
        Assert.Equal(new StagingProgress(1_300_026, 1_300_026, 5, 5), _scene.Progress[^1]);
    }

    [Fact]
    public async Task Progress_grows_by_what_is_written()
    {
        _scene.Write("large.bin", 8 << 20);

        await _scene.SendAsync();

        Assert.True(_scene.Progress.Count >= 6);
        Assert.Equal(_scene.Progress.OrderBy(state => state.Bytes), _scene.Progress);
    }

    [Fact]
    public async Task An_empty_folder_is_a_transfer_as_well()
    {
        Assert.Equal(0, (await _scene.SendAsync()).Files);

        _scene.RequireSame();
    }

    [Fact]
    public async Task A_second_push_sends_nothing()
    {
        WriteSamples();
        await _scene.SendAsync();

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal((5, 0L), (result.KeptFiles, result.SentBytes));
        Assert.Equal(new StagingProgress(1_300_026, 1_300_026, 5, 5), _scene.Progress[^1]);
    }

    [Fact]
    public async Task A_push_after_a_change_sends_that_and_leaves_no_union()
    {
        WriteSamples();
        await _scene.SendAsync();
        _scene.Write("images/b.jpg", 300_000, seed: 9);
        File.Delete(Path.Combine(_scene.Local, "labels.csv"));
        Directory.Delete(Path.Combine(_scene.Local, "deep"), recursive: true);
        _scene.Write("labels.csv/now_a_folder", 10);

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal((2, 300_010L), (result.KeptFiles, result.SentBytes));
    }

    [Fact]
    public async Task A_folder_that_became_a_file_is_replaced()
    {
        _scene.Write("a/b/c", 10);
        await _scene.SendAsync();
        Directory.Delete(Path.Combine(_scene.Local, "a"), recursive: true);
        _scene.Write("a", 20);

        await _scene.SendAsync();

        _scene.RequireSame();
    }

    [Fact]
    public async Task A_file_that_was_changed_on_the_volume_is_sent_again()
    {
        WriteSamples();
        await _scene.SendAsync();
        var file = Path.Combine(_scene.Place.Files, "images/a.jpg");
        await using (var stream = File.OpenWrite(file)) stream.WriteByte(0x55);

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal(4, result.KeptFiles);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Several_streams_carry_a_folder_together(int streams)
    {
        for (var file = 0; file < 200; file++) _scene.Write($"images/{file}.jpg", 10_000 + file, seed: file);
        _scene.Write("large-1.bin", 12 << 20);
        _scene.Write("large-2.bin", 9 << 20);
        _scene.Write("large-3.bin", 17 << 20);
        _scene.Sender = _scene.Sender with { Streams = streams };
        var connections = 0;
        _scene.Wrap = stream =>
        {
            Interlocked.Increment(ref connections);
            return stream;
        };

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal((203, streams), (result.Files, connections));
        Assert.Equal(result.Bytes, _scene.Progress[^1].Bytes);
        Assert.Equal(203, (await _scene.SendAsync()).KeptFiles);
    }

    [Theory]
    [InlineData(CompressionChoice.Always, true)]
    [InlineData(CompressionChoice.Never, false)]
    public async Task Text_is_compressed_where_that_is_chosen(CompressionChoice choice, bool isSmaller)
    {
        _scene.Write("labels.csv", [.. Enumerable.Repeat("a,b,c,1234\n"u8.ToArray(), 100_000).SelectMany(row => row)]);
        _scene.Sender = _scene.Sender with { Compression = choice };
        var sent = 0L;
        _scene.Wrap = stream => new FaultyStream(stream) { Passed = bytes => sent = bytes };

        await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal(isSmaller, sent < 100_000);
    }

    [Fact]
    public async Task Data_that_does_not_get_smaller_is_sent_as_it_is()
    {
        _scene.Write("a.jpg", 3 << 20);
        _scene.Sender = _scene.Sender with { Compression = CompressionChoice.Always };
        var sent = 0L;
        _scene.Wrap = stream => new FaultyStream(stream) { Passed = bytes => sent = bytes };

        await _scene.SendAsync();

        _scene.RequireSame();
        Assert.InRange(sent, 3 << 20, (3 << 20) + 2_000);
    }

    private void WriteSamples()
    {
        _scene.Write("labels.csv", "filename,label\na.jpg,1\n"u8);
        _scene.Write("images/a.jpg", 1_000_003);
        _scene.Write("images/b.jpg", 300_000);
        _scene.Write("images/empty.jpg", 0);
        _scene.Write("deep/er/ä b.txt", 0);
    }
}
