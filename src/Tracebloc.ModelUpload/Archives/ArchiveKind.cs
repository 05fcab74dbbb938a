namespace Tracebloc.ModelUpload.Archives;

/// <summary>The archives that are unpacked.</summary>
internal enum ArchiveKind
{
    Zip,
    Tar,
    TarGzip,
    TarBzip2,
    TarXz,
    TarZstd,
}
