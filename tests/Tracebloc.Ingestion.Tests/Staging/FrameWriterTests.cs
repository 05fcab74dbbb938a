using Tracebloc.Ingestion.Staging;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Tests.Staging;

public sealed class FrameWriterTests : IDisposable
{
    private readonly GatedStream _stream = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _stream.Dispose();

    [Fact]
    public async Task A_stream_that_takes_every_frame_at_once_is_not_behind()
    {
        using var writer = new FrameWriter(_stream, TimeProvider.System);

        await FillAsync(writer, 100);

        Assert.False(writer.IsBehind);
    }

    [Fact]
    public async Task A_stream_that_made_frames_wait_is_behind_while_it_takes_what_its_buffers_hold()
    {
        using var writer = new FrameWriter(_stream, TimeProvider.System);
        await FillAsync(writer, 1);
        _stream.Hold();
        await FillAsync(writer, 1);
        var waiting = FillAsync(writer, 1);
        Assert.False(waiting.IsCompleted);
        _stream.Open();
        await waiting;

        var frames = 0;
        for (; writer.IsBehind; frames++) await FillAsync(writer, 1);

        Assert.Equal(32, frames);
    }

    // Each fills a buffer, so that the one before leaves.
    private static async Task FillAsync(FrameWriter writer, int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            await writer.BeginAsync(FrameType.Data, Frame.LargestPayload, Cancelled);
            writer.End(Frame.LargestPayload);
        }
    }

    /// <summary>A stream that takes bytes while it is open, and keeps none.</summary>
    private sealed class GatedStream : AsyncStream
    {
        private TaskCompletionSource _gate = new();

        public GatedStream() => Open();

        public override bool CanWrite => true;

        public void Hold() => _gate = new TaskCompletionSource();

        public void Open() => _gate.SetResult();

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(_gate.Task.WaitAsync(cancellationToken));
    }
}
