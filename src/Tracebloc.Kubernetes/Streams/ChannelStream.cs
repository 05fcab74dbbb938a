using System.IO.Pipelines;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>
/// The bytes of one channel. The writer waits while more than 256 KiB are unread, and with it the server, whose
/// connection is no longer read.
/// </summary>
internal sealed class ChannelStream : AsyncStream
{
    private const int MostUnread = 256 * 1024;

    private readonly Pipe _pipe =
        new(new PipeOptions(pauseWriterThreshold: MostUnread, resumeWriterThreshold: MostUnread / 2,
            useSynchronizationContext: false));

    private readonly Stream _reader;
    private KubernetesException? _fault;

    internal ChannelStream() => _reader = _pipe.Reader.AsStream();

    public override bool CanRead => true;

    /// <summary>Takes bytes from the server; they are dropped once the reader has left.</summary>
    internal async ValueTask FillAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (!data.IsEmpty) await _pipe.Writer.WriteAsync(data, cancellationToken);
    }

    /// <summary>No more bytes come; with a fault the reader gets it after the last of them.</summary>
    internal void End(KubernetesException? fault)
    {
        _fault = fault;
        _pipe.Writer.Complete();
    }

    /// <exception cref="IOException">The connection broke; the inner exception has the request.</exception>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _reader.ReadAsync(buffer, cancellationToken);
        return read > 0 || buffer.IsEmpty || _fault is null ? read : throw new IOException(_fault.Message, _fault);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }
}
