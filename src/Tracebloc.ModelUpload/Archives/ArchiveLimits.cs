namespace Tracebloc.ModelUpload.Archives;

/// <summary>The bounds of what an archive may unpack to.</summary>
internal sealed record ArchiveLimits
{
    /// <summary>The bytes of all files together.</summary>
    public long MaxBytes { get; init; } = 1L << 40;

    /// <summary>Files, folders and headers of long names.</summary>
    public int MaxEntries { get; init; } = 100_000;

    /// <summary>The unpacked bytes for each packed one, once they are more than <see cref="FreeBytes"/>.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>The unpacked bytes of any ratio.</summary>
    public long FreeBytes { get; init; } = 64 * 1024 * 1024;
}
