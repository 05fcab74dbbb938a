namespace Tracebloc.ModelUpload.Archives;

/// <summary>Archives by the ends of their names, in any case.</summary>
internal static class ArchiveName
{
    private static readonly (string End, ArchiveKind Kind)[] Ends =
    [
        (".zip", ArchiveKind.Zip),
        (".tar", ArchiveKind.Tar),
        (".tar.gz", ArchiveKind.TarGzip),
        (".tgz", ArchiveKind.TarGzip),
        (".tar.bz2", ArchiveKind.TarBzip2),
        (".tbz2", ArchiveKind.TarBzip2),
        (".tar.xz", ArchiveKind.TarXz),
        (".txz", ArchiveKind.TarXz),
        (".tar.zst", ArchiveKind.TarZstd),
        (".tzst", ArchiveKind.TarZstd),
    ];

    /// <summary>Null for a file that is moved as it is; a compressed file that is no tar is one.</summary>
    public static ArchiveKind? KindOf(string fileName)
    {
        foreach (var (end, kind) in Ends)
        {
            if (fileName.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        return null;
    }
}
