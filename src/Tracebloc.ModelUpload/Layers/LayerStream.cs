using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Layers;

/// <summary>
/// Reads pieces one after the other straight into the reader's buffer. A file is read to its end before the bytes that
/// follow it, and so its hash is checked before its layer can be complete.
/// </summary>
internal sealed class LayerStream(
    IEnumerable<LayerPiece> pieces, Func<LayerFile, long, CancellationToken, Task<Stream>> open) : AsyncStream
{
    private readonly IEnumerator<LayerPiece> _pieces = pieces.GetEnumerator();
    private readonly byte[] _beyond = new byte[1];
    private ReadOnlyMemory<byte> _given;
    private LayerFile? _file;
    private Stream? _content;
    private long _left;

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var rest = buffer[filled..];
            if (_given.Length > 0)
                filled += TakeGiven(rest);
            else if (_file is not null)
                filled += await ReadFileAsync(_file, rest, cancellationToken);
            else if (!_pieces.MoveNext())
                break;
            else
                (_file, _left, _given) = Next(_pieces.Current);
        }

        return filled;
    }

    public override async ValueTask DisposeAsync()
    {
        _pieces.Dispose();
        if (_content is not null)
            await _content.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pieces.Dispose();
            _content?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static (LayerFile? File, long Left, ReadOnlyMemory<byte> Given) Next(LayerPiece piece) =>
        (piece.File, (piece.File?.Length ?? 0) - piece.Offset, piece.Bytes);

    private int TakeGiven(Memory<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _given.Length);
        _given[..count].CopyTo(buffer);
        _given = _given[count..];
        return count;
    }

    private async ValueTask<int> ReadFileAsync(LayerFile file, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _content ??= await open(file, file.Length - _left, cancellationToken);
        var read = 0;
        if (_left > 0)
        {
            read = await _content.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
            if (read == 0)
                throw Changed(file, $"ended after {file.Length - _left} of {file.Length} bytes");
            _left -= read;
        }

        if (_left == 0)
            await EndAsync(file, _content, cancellationToken);
        return read;
    }

    private async ValueTask EndAsync(LayerFile file, Stream content, CancellationToken cancellationToken)
    {
        if (await content.ReadAsync(_beyond, cancellationToken) > 0)
            throw Changed(file, $"has more than {file.Length} bytes");
        await content.DisposeAsync();
        (_file, _content) = (null, null);
    }

    private static UploadException Changed(LayerFile file, string fault) => UploadException.OfSource(
        $"File {file.Path} {fault}: it changed since it was listed; start again once nothing writes to it");
}
