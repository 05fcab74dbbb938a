using System.Buffers;
using System.Collections.Concurrent;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>The files of a part while they are read, and their digests afterwards.</summary>
internal sealed class PartReading(IModelSource source, Transfer transfer)
{
    private const int SkipBytes = 128 * 1024;

    private readonly ConcurrentDictionary<ModelPath, VerifiedStream> _opened = [];

    /// <summary>Opens a file at an offset. The bytes before it are read as well, for the hash.</summary>
    public async Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken)
    {
        var stream = await VerifiedFile.OpenAsync(source, file, transfer, cancellationToken);
        try
        {
            await SkipAsync(file, stream, offset, cancellationToken);
            return _opened[file.Path] = stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>The digest of a file that was read to its end; null for any other.</summary>
    public Digest? ContentOf(SourceFile file) =>
        _opened.TryGetValue(file.Path, out var stream) ? stream.Content : null;

    private static async Task SkipAsync(
        SourceFile file, VerifiedStream stream, long offset, CancellationToken cancellationToken)
    {
        if (offset == 0)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(SkipBytes);
        try
        {
            for (var left = offset; left > 0;)
            {
                var room = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
                var read = await stream.ReadAsync(room, cancellationToken);
                if (read == 0)
                    throw UploadException.OfSource($"{file.Address} ended before byte {offset}: start again");
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
