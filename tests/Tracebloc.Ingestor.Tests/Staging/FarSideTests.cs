using System.IO.Pipelines;
using System.Text;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Staging;

/// <summary>The other side is of another version, silent, or no receiver at all.</summary>
public sealed class FarSideTests : IDisposable
{
    private readonly StagingScene _scene = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_message_in_place_of_the_protocol_is_shown()
    {
        var fault = await FaultAsync("Unrecognized command or argument 'stage'. See ingestor --help\n"u8.ToArray());

        Assert.Equal(
            (StagingFailure.Protocol,
                "Transfer failed: the other side does not speak the staging protocol; it sent: Unrecognized command or "
                + "argument 'stage'. See ingestor --help\\n"),
            (fault.Failure, fault.Message));
    }

    [Fact]
    public async Task An_end_before_the_hello_is_named()
    {
        var fault = await FaultAsync([]);

        Assert.Equal(StagingFailure.Closed, fault.Failure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_receiver_of_another_protocol_is_named_with_both_versions(byte protocol)
    {
        byte[] hello = [.. "tbstage\n"u8, protocol, 5, .. "2.9.1"u8, 0, 1, 2];

        var fault = await FaultAsync([(byte)FrameType.Hello, 0, 0, 0, (byte)hello.Length, .. hello]);

        Assert.Equal(
            (StagingFailure.Version,
                $"Transfer failed: version 2.9.1 on the other side speaks staging protocol {protocol}, and version "
                + "2.0.0 here speaks 1; upgrade the older of the two: the client chart, or the command line"),
            (fault.Failure, fault.Message));
    }

    [Fact]
    public async Task A_sender_of_another_protocol_is_refused_with_both_versions()
    {
        await using var sender = RawSender.Connect(_scene);
        await sender.ReadAsync(FrameType.Hello);
        var room = await sender.Writer.BeginAsync(FrameType.Hello, 100, StagingScene.Cancelled);
        Encoding.ASCII.GetBytes("tbstage\n\u0007\u00031.9").CopyTo(room.Span);
        sender.Writer.End(13);
        await sender.Writer.FlushAsync(StagingScene.Cancelled);

        var refusal = await sender.RefusalAsync();

        Assert.Equal(StagingFailure.Version, refusal.Failure);
        Assert.Contains(
            "version 1.9 on the other side speaks staging protocol 7, and version 2.0.0 here", refusal.Message);
    }

    [Fact]
    public async Task A_receiver_that_is_silent_for_a_minute_ends_the_transfer()
    {
        _scene.Receiver = _scene.Receiver with { Time = _time };
        var (there, back) = (new Pipe(), new Pipe());
        var send = new StagingSender(_scene.Sender, _time).SendAsync(
            _scene.Source(),
            _ => Task.FromResult(new StagingStreams(back.Reader.AsStream(), there.Writer.AsStream())),
            _ => { },
            StagingScene.Cancelled);
        await _time.WaitForTimerAsync(null, StagingScene.Cancelled);

        _time.Advance(TimeSpan.FromSeconds(65));

        var fault = await Assert.ThrowsAsync<StagingException>(() => send);
        Assert.Equal(
            (StagingFailure.Silent,
                "Transfer ended: the other side sent nothing for 60 s; check the connection, and start it again"),
            (fault.Failure, fault.Message));
    }

    [Fact]
    public async Task A_sender_that_is_silent_for_a_minute_ends_the_receiver_and_frees_the_folder()
    {
        _scene.Receiver = _scene.Receiver with { Time = _time };
        var streams = _scene.Connect();
        using var reader = new FrameReader(streams.Incoming, TimeProvider.System);
        using var writer = new FrameWriter(streams.Outgoing, TimeProvider.System);
        await reader.ReadAsync(StagingScene.Cancelled);
        var hello = new NearHello("2.0.0", Guid.NewGuid(), default, StagingScene.Folder, 0);
        await StagingMessages.SendAsync(writer, hello, StagingScene.Cancelled);
        await StagingMessages.OfferAsync(writer, [], StagingScene.Cancelled);
        Assert.Equal(FrameType.Ready, (await reader.ReadAsync(StagingScene.Cancelled))?.Type);
        Assert.True(File.Exists(_scene.Place.LockFile));

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(FrameType.Ping, (await reader.ReadAsync(StagingScene.Cancelled))?.Type);
        for (var waits = 0; waits < 14; waits++) _time.Advance(TimeSpan.FromSeconds(5));

        var fault = Assert.IsType<StagingException>(Assert.Single(await _scene.FaultsAsync()));
        Assert.Equal(StagingFailure.Silent, fault.Failure);
        Assert.False(File.Exists(_scene.Place.LockFile));
    }

    [Fact]
    public async Task A_receiver_that_claims_another_digest_is_not_believed()
    {
        var (there, back) = (new Pipe(), new Pipe());
        var send = new StagingSender(_scene.Sender, TimeProvider.System).SendAsync(
            _scene.Source(),
            _ => Task.FromResult(new StagingStreams(back.Reader.AsStream(), there.Writer.AsStream())),
            _ => { },
            StagingScene.Cancelled);
        using var writer = new FrameWriter(back.Writer.AsStream(), TimeProvider.System);
        await StagingMessages.SendAsync(writer, new FarHello("2.0.0", 1), StagingScene.Cancelled);
        await StagingMessages.ReadyAsync(writer, [], StagingScene.Cancelled);
        await StagingMessages.DoneAsync(writer, new StagingAnswer(0, 0, default), StagingScene.Cancelled);
        await writer.FlushAsync(StagingScene.Cancelled);

        Assert.Equal(StagingFailure.Damaged, (await Assert.ThrowsAsync<StagingException>(() => send)).Failure);
    }

    private async Task<StagingException> FaultAsync(byte[] sent)
    {
        var streams = new StagingStreams(new MemoryStream(sent), new MemoryStream());
        return await Assert.ThrowsAsync<StagingException>(() => new StagingSender(_scene.Sender, TimeProvider.System)
            .SendAsync(_scene.Source(), _ => Task.FromResult(streams), _ => { }, StagingScene.Cancelled));
    }
}
