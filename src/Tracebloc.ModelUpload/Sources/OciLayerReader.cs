using System.Formats.Tar;
using System.IO.Compression;
using ZstdSharp;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>Lists the files of layers and opens them.</summary>
internal sealed class OciLayerReader(IOciBlobs blobs)
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>The files and whiteouts of a tar layer, of which only the headers are read where ranges are.</summary>
    /// <exception cref="UploadException">The layer is no tar, or has an entry that no model has.</exception>
    public async Task<IReadOnlyList<(string Path, OciFile? File)>> ListAsync(
        OciLayer layer, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = layer.IsCompressed
                ? await UnpackedAsync(layer, cancellationToken)
                : new OciBlobStream(blobs, layer.Blob);
            return await ListAsync(layer, content, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw UploadException.OfSource($"Layer {layer.Blob.Digest} is no tar archive: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw UploadException.OfSource($"Layer {layer.Blob.Digest} cannot be read: {e.Message}", e, true);
        }
    }

    /// <summary>A file's bytes from an offset on.</summary>
    public async Task<Stream> OpenAsync(OciFile file, long offset, CancellationToken cancellationToken)
    {
        var (start, rest) = (file.Start + offset, file.Length - offset);
        if (!file.Layer.IsCompressed || file.Layer.IsRaw)
            return new LimitedStream(await blobs.OpenAsync(file.Layer.Blob.Digest, start, cancellationToken), rest);
        var unpacked = await UnpackedAsync(file.Layer, cancellationToken);
        await SkipAsync(unpacked, start, cancellationToken);
        return new LimitedStream(unpacked, rest);
    }

    private static async Task<IReadOnlyList<(string Path, OciFile? File)>> ListAsync(
        OciLayer layer, Stream content, CancellationToken cancellationToken)
    {
        var entries = new List<(string Path, OciFile? File)>();
        var files = new Dictionary<string, OciFile>(StringComparer.Ordinal);
        await using var reader = new TarReader(content, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            var start = entry.DataOffset >= 0 ? entry.DataOffset : content.Position;
            var path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            path = path.TrimStart('/');
            if (!IsWanted(layer, path) || entry.EntryType is TarEntryType.Directory)
                continue;
            if (Content(layer, entry, start, files) is not { } file)
                throw UploadException.OfSource(
                    $"Layer {layer.Blob.Digest} has {path} as a {entry.EntryType}; a model has files alone");
            files[path] = file;
            entries.Add((path, file));
        }
        return entries;
    }

    // The whiteout of /models itself lies beside it.
    private static bool IsWanted(OciLayer layer, string path) =>
        !layer.IsImage || path.StartsWith(OciSource.Folder, StringComparison.Ordinal)
        || path.StartsWith(".wh.", StringComparison.Ordinal);

    private static OciFile? Content(
        OciLayer layer, TarEntry entry, long start, Dictionary<string, OciFile> files) => entry.EntryType switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile =>
                new OciFile(layer, start, entry.Length, layer.Stated),
            TarEntryType.HardLink => files.GetValueOrDefault(entry.LinkName.TrimStart('.', '/')),
            _ => null,
        };

    private async Task<Stream> UnpackedAsync(OciLayer layer, CancellationToken cancellationToken)
    {
        var packed = await blobs.OpenAsync(layer.Blob.Digest, 0, cancellationToken);
        Stream unpacked = layer.IsGzip
            ? new GZipStream(packed, CompressionMode.Decompress)
            : new DecompressionStream(packed, leaveOpen: false);
        return new CountedStream(unpacked, layer.Blob.Digest.ToString());
    }

    private static async Task SkipAsync(Stream stream, long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(PieceBytes, count)];
        while (count > 0)
        {
            var wanted = buffer.AsMemory(0, (int)Math.Min(buffer.Length, count));
            var read = await stream.ReadAsync(wanted, cancellationToken);
            count = read > 0 ? count - read : throw new EndOfStreamException("The layer ended early.");
        }
    }
}
