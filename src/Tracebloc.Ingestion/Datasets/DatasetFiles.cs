using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>The files of a folder that are data: hidden ones and folders aside.</summary>
internal static class DatasetFiles
{
    /// <summary>The files of one folder at most: their names take 64 MiB.</summary>
    public const int Most = 2_000_000;

    /// <summary>Lists a folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the folder.</exception>
    public static IEnumerable<FolderEntry> In(FileLayout layout) =>
        FolderListing.Read(layout.Path).Where(entry => !entry.IsFolder && !entry.Name.StartsWith('.'));
}
