using Tracebloc.Ingestion.Staging;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Staging;

public sealed class StagingLinkTests
{
    private static readonly StagingDeadlines Deadlines = new() { Idle = TimeSpan.FromMinutes(2) };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>As where a frame that one side waits for was changed on its way: both would wait for ever.</summary>
    [Fact]
    public async Task A_side_that_sends_only_pings_is_given_up()
    {
        var time = new ManualTimeProvider();
        await using var incoming = new FedStream();
        await using var link = StagingLink.Open(
            new StagingStreams(incoming, Stream.Null), Deadlines, time, Cancelled);
        incoming.Feed((byte)FrameType.Hello, 0, 0, 0, 0);
        Assert.Equal(FrameType.Hello, (await link.ReadAsync(Cancelled)).Type);
        await incoming.WaitsAsync(Cancelled);

        var next = link.ReadAsync(link.Token).AsTask();
        for (var elapsed = TimeSpan.Zero; elapsed < Deadlines.Idle; elapsed += Deadlines.Ping)
        {
            await incoming.WaitsAsync(Cancelled);
            incoming.Feed((byte)FrameType.Ping, 0, 0, 0, 0);
            time.Advance(Deadlines.Ping);
        }

        time.Advance(Deadlines.Silence);
        var fault = await Assert.ThrowsAsync<StagingException>(() => next);
        Assert.Equal(
            (StagingFailure.Silent,
                "Transfer ended: the other side sent only pings for 2 min; check the connection, and start it again"),
            (fault.Failure, fault.Message));
    }

    [Theory]
    [InlineData(FrameType.OfferEnd)]
    [InlineData(FrameType.Ready)]
    [InlineData(FrameType.End)]
    [InlineData(FrameType.Ping)]
    public async Task A_frame_without_content_that_announces_some_is_malformed(FrameType type)
    {
        byte[] bytes = [(byte)FrameType.Hello, 0, 0, 0, 0, (byte)type, 0, 0, 1, 0];
        using var reader = new FrameReader(new MemoryStream(bytes), TimeProvider.System);
        await reader.ReadAsync(Cancelled);

        var fault = await Assert.ThrowsAsync<StagingException>(() => reader.ReadAsync(Cancelled).AsTask());

        Assert.Equal(
            "Transfer failed: the other side does not follow the protocol: a frame of 256 bytes", fault.Message);
    }

    [Theory]
    [InlineData(FrameType.Ack, 2)]
    [InlineData(FrameType.FileEnd, FileHash.Size)]
    [InlineData(FrameType.Done, FileHash.Size + 2)]
    public void A_message_with_bytes_behind_it_is_malformed(FrameType type, int length)
    {
        Read(new Frame(type, new byte[length]));

        var fault = Assert.Throws<StagingException>(() => Read(new Frame(type, new byte[length + 1])));

        Assert.Equal(
            "Transfer failed: the other side does not follow the protocol: a frame is too long", fault.Message);
    }

    private static void Read(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Ack:
                StagingMessages.Pair(frame, FrameType.Ack);
                break;
            case FrameType.FileEnd:
                StagingMessages.FileEnd(frame);
                break;
            default:
                StagingMessages.Done(frame);
                break;
        }
    }
}
