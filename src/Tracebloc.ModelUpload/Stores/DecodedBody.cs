using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>A decoded body, whose damage counts as a broken connection: most often the end is missing.</summary>
/// <param name="name">The thing that is read, as messages name it.</param>
/// <param name="decoder">Decodes the body, and is disposed of with the stream.</param>
internal sealed class DecodedBody(string name, Stream decoder) : AsyncStream
{
    public override bool CanRead => true;

    /// <exception cref="UploadException">The body is damaged or incomplete; another attempt can succeed.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await decoder.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception damage) when (damage is InvalidDataException or InvalidOperationException)
        {
            throw UploadException.OfSource(
                $"{name} cannot be read: its Content-Encoding is damaged or cut off", damage, isTransient: true);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            decoder.Dispose();
        base.Dispose(disposing);
    }
}
