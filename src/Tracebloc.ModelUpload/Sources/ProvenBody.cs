using System.Security.Cryptography;
using Tracebloc.ModelUpload.Stores;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>
/// The bytes of a file that nothing pins. Another attempt starts at the first byte and goes on only where the bytes up
/// to the offset are those that were read before: by their hash.
/// </summary>
internal sealed class ProvenBody : AsyncStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Stream _body;
    private byte[]? _last;

    private ProvenBody(Stream body) => _body = body;

    public override bool CanRead => true;

    private long Delivered { get; set; }

    private byte[] Hash => _last ?? _hash.GetCurrentHash();

    /// <summary>The stream from the offset on; the body is disposed of with it, or here on a fault.</summary>
    /// <param name="name">The file, as messages name it.</param>
    /// <param name="whole">The file from its first byte on.</param>
    /// <param name="offset">The bytes that the last attempt delivered.</param>
    /// <param name="last">The last attempt; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="UploadException">The file changed.</exception>
    /// <exception cref="IOException">The connection broke before the offset was reached.</exception>
    public static async Task<ProvenBody> OpenAsync(
        string name, Stream whole, long offset, ProvenBody? last, CancellationToken cancellationToken)
    {
        var proven = new ProvenBody(whole);
        try
        {
            await WebRange.DiscardAsync(proven, offset, cancellationToken);
            if (offset == 0 || (last?.Delivered == offset && proven.Hash.AsSpan().SequenceEqual(last.Hash)))
                return proven;
        }
        catch
        {
            await proven.DisposeAsync();
            throw;
        }
        await proven.DisposeAsync();
        throw UploadException.OfSource(
            $"{name} changed while it was read: its first {offset} bytes are others than before; start again");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _body.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        Delivered += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _last is null)
        {
            _last = _hash.GetCurrentHash();
            _hash.Dispose();
            _body.Dispose();
        }
        base.Dispose(disposing);
    }
}
