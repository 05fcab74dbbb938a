using Tracebloc.Net;
using ZstdSharp;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A layer that is unpacked while it is read, and its position.</summary>
/// <param name="stream">The unpacked bytes.</param>
/// <param name="name">The layer, for messages.</param>
internal sealed class CountedStream(Stream stream, string name) : AsyncStream
{
    private long _reached;

    public override bool CanRead => true;

    public override long Position
    {
        get => _reached;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            _reached += read;
            return read;
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException)
        {
            throw UploadException.OfSource($"Layer {name} cannot be unpacked: {e.Message}", e);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        await base.DisposeAsync();
    }
}
