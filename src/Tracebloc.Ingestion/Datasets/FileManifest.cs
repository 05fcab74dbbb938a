using Tracebloc.Net.Files;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>The files that the rows of a data set name, with their counterparts. It holds hashes, not names.</summary>
public sealed class FileManifest
{
    private readonly IReadOnlyList<(FileLayout Layout, NameTable Names)> _folders;

    internal FileManifest(IReadOnlyList<(FileLayout Layout, NameTable Names)> folders) => _folders = folders;

    /// <summary>The manifest of a data set without files.</summary>
    public static FileManifest Empty { get; } = new([]);

    /// <summary>The number of files.</summary>
    public long Count => _folders.Sum(folder => (long)folder.Names.Marked);

    /// <summary>The files, while the folders are listed once more.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read a folder.</exception>
    public IEnumerable<DatasetFile> Files() =>
        from folder in _folders
        from entry in FolderListing.Read(folder.Layout.Path)
        where entry.Kind == FileKind.Regular && folder.Names.IsMarked(entry.Name)
        select new DatasetFile(folder.Layout.Folder, entry.Name, folder.Layout.PathOf(entry.Name));
}
