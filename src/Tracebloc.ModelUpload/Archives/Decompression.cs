using System.IO.Compression;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;
using ZstdSharp;
using Bzip2Mode = SharpCompress.Compressors.CompressionMode;

namespace Tracebloc.ModelUpload.Archives;

/// <summary>The tar within a compressed file.</summary>
internal static class Decompression
{
    // Looking for a further stream, bzip2's decompressor comes to the end of its file.
    private const int AtEnd = 16;

    /// <summary>Gives the unpacked bytes; reading them throws whatever the decompressors throw.</summary>
    public static Stream Open(ArchiveKind kind, Stream packed) => kind switch
    {
        ArchiveKind.TarGzip => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true),
        ArchiveKind.TarBzip2 => BZip2Stream.Create(
            new PackedStream(packed, AtEnd), Bzip2Mode.Decompress, decompressConcatenated: true, leaveOpen: true),
        ArchiveKind.TarXz => new XZStream(new PackedStream(packed, readsAtEnd: 0)),
        // Windows of more than 128 MiB (zstd --long=28 and more) are refused, as zstd itself does.
        ArchiveKind.TarZstd => new DecompressionStream(packed, leaveOpen: true),
        _ => packed,
    };
}
