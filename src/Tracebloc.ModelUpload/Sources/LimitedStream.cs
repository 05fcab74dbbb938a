using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>So many bytes of a stream, which is closed with it.</summary>
internal sealed class LimitedStream(Stream stream, long length) : AsyncStream
{
    private long _rest = length;

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest == 0)
            return 0;
        var read = await stream.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _rest)], cancellationToken);
        _rest -= read;
        return read;
    }

    public override async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await base.DisposeAsync();
    }
}
