using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

public sealed class ResumeTests : IDisposable
{
    private const int Large = 6 << 20;

    private readonly StagingScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_cut_within_a_file_costs_only_what_was_on_its_way()
    {
        _scene.Write("a.bin", 1000);
        _scene.Write("large.bin", Large);
        await CutAsync(at: 4 << 20);
        var part = _scene.PartLength();
        Assert.InRange(part, 3 << 20, 4 << 20);

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal((1, Large - part), (result.KeptFiles, result.SentBytes));
        Assert.Equal(result.Bytes, _scene.Progress[^1].Bytes);
    }

    [Fact]
    public async Task A_part_of_another_content_is_sent_from_its_beginning()
    {
        _scene.Write("large.bin", Large);
        await CutAsync(at: 4 << 20);
        _scene.Write("large.bin", Large, seed: 2);

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal(Large, result.SentBytes);
    }

    [Fact]
    public async Task A_part_that_was_changed_on_the_volume_is_sent_from_its_beginning()
    {
        _scene.Write("large.bin", Large);
        await CutAsync(at: 4 << 20);
        var part = Directory.EnumerateFiles(Assert.Single(_scene.Place.Works()), "*.part").Single();
        await using (var stream = File.OpenWrite(part)) stream.WriteByte(0x55);

        await _scene.SendAsync();

        _scene.RequireSame();
    }

    [Fact]
    public async Task A_part_of_a_file_that_is_gone_is_removed()
    {
        var large = _scene.Write("large.bin", Large);
        await CutAsync(at: 4 << 20);
        File.Delete(large);

        await _scene.SendAsync();

        _scene.RequireSame();
    }

    [Fact]
    public async Task A_run_of_the_data_sees_no_part()
    {
        _scene.Write("large.bin", Large);
        await CutAsync(at: 4 << 20);

        Assert.Empty(StagingScene.Tree(_scene.Place.Files));
    }

    [Fact]
    public async Task Files_that_no_list_holds_are_read_and_not_sent()
    {
        _scene.Write("a.bin", 100_000);
        _scene.Write("b.bin", 100_000, seed: 2);
        await _scene.SendAsync();
        foreach (var list in Directory.EnumerateFiles(_scene.Place.Works()[0])) File.Delete(list);

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal((2, 0L), (result.KeptFiles, result.SentBytes));
    }

    [Fact]
    public async Task Several_streams_resume_each_part()
    {
        for (var file = 0; file < 3; file++) _scene.Write($"{file}.bin", 12 << 20, seed: file);
        _scene.Sender = _scene.Sender with { Streams = 3 };
        await CutAsync(at: 5 << 20);
        var parts = _scene.PartLength();

        var result = await _scene.SendAsync();

        _scene.RequireSame();
        Assert.Equal(result.Bytes - parts, result.SentBytes);
        Assert.Equal(result.Bytes, _scene.Progress[^1].Bytes);
    }

    [Fact]
    public async Task A_signal_keeps_what_has_arrived_and_releases_the_lock()
    {
        _scene.Write("large.bin", Large);
        using var signal = new CancellationTokenSource();
        var (content, file) = (new byte[100_000], new StagedFile("large.bin", Large));
        await using (var sender = RawSender.Connect(_scene, signal.Token))
        {
            await sender.HelloAsync(new NearHello("2", Guid.NewGuid(), default, StagingScene.Folder, 1));
            await StagingMessages.OfferAsync(sender.Writer, [file], StagingScene.Cancelled);
            await sender.ReadAsync(FrameType.Ready);
            await sender.BeginFileAsync(0, content);
            await _scene.ArrivedAsync(content.Length);

            await signal.CancelAsync();
            Assert.IsType<OperationCanceledException>(Assert.Single(await _scene.FaultsAsync()), exactMatch: false);
        }

        Assert.False(File.Exists(_scene.Place.LockFile));
        Assert.Equal(content.Length, _scene.PartLength());
    }

    private async Task CutAsync(int at)
    {
        _scene.Wrap = stream => new FaultyStream(stream) { CutAt = at };
        var fault = await Assert.ThrowsAsync<StagingException>(() => _scene.SendAsync());
        Assert.Equal((StagingFailure.Closed, true), (fault.Failure, fault.IsTransient));
        _scene.Wrap = stream => stream;
        await _scene.FaultsAsync();
    }
}
