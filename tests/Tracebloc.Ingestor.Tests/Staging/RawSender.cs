using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

/// <summary>A sender that sends what a test wants, frame by frame.</summary>
internal sealed class RawSender : IAsyncDisposable
{
    private readonly StagingStreams _streams;
    private readonly StagingLink _link;

    private RawSender(StagingStreams streams, TimeProvider time)
    {
        _streams = streams;
        _link = StagingLink.Open(streams, new StagingDeadlines(), time, StagingScene.Cancelled);
    }

    public FrameWriter Writer => _link.Writer;

    public static RawSender Connect(StagingScene scene, CancellationToken? stop = null) =>
        new(scene.Connect(stop), scene.Receiver.Time);

    /// <summary>Connects, says hello, and offers files.</summary>
    public static async Task<RawSender> OfferAsync(
        StagingScene scene, Guid session, StagingRole role, params StagedFile[] files)
    {
        var sender = Connect(scene);
        await sender.HelloAsync(new NearHello("2.0.0", session, role, StagingScene.Folder, files.Length));
        await StagingMessages.OfferAsync(sender.Writer, files, StagingScene.Cancelled);
        return sender;
    }

    public async Task HelloAsync(NearHello hello)
    {
        Assert.Equal(FrameType.Hello, (await ReadAsync()).Type);
        await StagingMessages.SendAsync(Writer, hello, StagingScene.Cancelled);
        await Writer.FlushAsync(StagingScene.Cancelled);
    }

    public async Task BeginFileAsync(int index, byte[] content)
    {
        await StagingMessages.PairAsync(Writer, FrameType.File, (index, 0), StagingScene.Cancelled);
        await DataAsync(content);
    }

    public async Task DataAsync(byte[] content)
    {
        var room = await Writer.BeginAsync(FrameType.Data, content.Length + 1, StagingScene.Cancelled);
        room.Span[0] = 0;
        content.CopyTo(room[1..]);
        Writer.End(content.Length + 1);
        await Writer.FlushAsync(StagingScene.Cancelled);
    }

    public async Task EndFileAsync(byte[] content)
    {
        var hash = FileHash.Of(System.Security.Cryptography.SHA256.HashData(content));
        await StagingMessages.FileEndAsync(Writer, hash, StagingScene.Cancelled);
        await EndAsync();
    }

    public async Task EndAsync()
    {
        await Writer.WriteAsync(FrameType.End, StagingScene.Cancelled);
        await Writer.FlushAsync(StagingScene.Cancelled);
    }

    public async Task<Frame> ReadAsync() => await _link.ReadAsync(StagingScene.Cancelled);

    /// <summary>Reads up to a frame of a type.</summary>
    public async Task<Frame> ReadAsync(FrameType type)
    {
        while (true)
        {
            var frame = await ReadAsync();
            if (frame.Type == type) return frame;
            Assert.NotEqual(FrameType.Done, frame.Type);
            if (frame.Type == FrameType.Refused) throw StagingMessages.Refusal(frame);
        }
    }

    public async Task<StagingException> RefusalAsync() =>
        await Assert.ThrowsAsync<StagingException>(() => ReadAsync(FrameType.End));

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _streams.DisposeAsync();
    }
}
