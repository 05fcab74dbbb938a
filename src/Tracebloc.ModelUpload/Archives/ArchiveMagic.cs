namespace Tracebloc.ModelUpload.Archives;

/// <summary>Archives by their first bytes.</summary>
internal static class ArchiveMagic
{
    /// <summary>The bytes that are looked at.</summary>
    public const int Bytes = 512;

    /// <summary>True where a file begins as its kind does; a tar begins with a header whose sum is right.</summary>
    public static bool Fits(ArchiveKind kind, ReadOnlySpan<byte> start) => kind switch
    {
        // The second is the end of a zip that has no entries.
        ArchiveKind.Zip => start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8),
        ArchiveKind.TarGzip => start.StartsWith<byte>([0x1F, 0x8B]),
        ArchiveKind.TarBzip2 => start.StartsWith("BZh"u8),
        ArchiveKind.TarXz => start.StartsWith<byte>([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        ArchiveKind.TarZstd => start.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]),
        _ => start.Length == Bytes && (TarBlock.IsZero(start) || TarBlock.IsSumRight(start)),
    };
}
