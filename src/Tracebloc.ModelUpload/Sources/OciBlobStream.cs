using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A blob that can be sought in: each leap is a request of its own, for the bytes from there on.</summary>
internal sealed class OciBlobStream(IOciBlobs blobs, Descriptor blob) : Stream
{
    // To read on is cheaper than a request for so few bytes.
    private const int ShortLeap = 256 * 1024;

    private Stream? _open;
    private long _opened;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => blob.Size;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length)
            return 0;
        var open = await OpenAsync(cancellationToken);
        var read = await open.ReadAsync(buffer, cancellationToken);
        Position = _opened += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override async ValueTask DisposeAsync()
    {
        Drop();
        await base.DisposeAsync();
    }

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        if (_open is { } open && Position - _opened is >= 0 and <= ShortLeap)
        {
            await ReadOnAsync(open, cancellationToken);
            return open;
        }
        Drop();
        _opened = Position;
        return _open = await blobs.OpenAsync(blob.Digest, Position, cancellationToken);
    }

    private async Task ReadOnAsync(Stream open, CancellationToken cancellationToken)
    {
        var skipped = new byte[Position - _opened];
        await open.ReadExactlyAsync(skipped, cancellationToken);
        _opened = Position;
    }

    private void Drop()
    {
        _open?.Dispose();
        _open = null;
    }
}
