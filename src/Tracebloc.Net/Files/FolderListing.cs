using System.IO.Enumeration;

namespace Tracebloc.Net.Files;

/// <summary>The entries of a folder, those of its folders aside, in the order of the system.</summary>
public static class FolderListing
{
    private static readonly EnumerationOptions All = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    /// <summary>Lists a folder while it is read: of a million entries, one is in memory.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="wanted">Chooses by name, before an entry is looked at; null: all. Folders are listed whatever their
    /// names.</param>
    /// <exception cref="IOException">The folder is absent or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the folder.</exception>
    public static IEnumerable<FolderEntry> Read(string folder, Func<string, bool>? wanted = null) =>
        new FileSystemEnumerable<FolderEntry>(UserPath.Absolute(folder), Describe, All)
        {
            ShouldIncludePredicate = wanted is null ? null
                : (ref entry) => IsFolder(ref entry) || wanted(entry.FileName.ToString()),
        };

    // A link to a folder is none.
    private static bool IsFolder(ref FileSystemEntry entry) =>
        entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0;

    private static FolderEntry Describe(ref FileSystemEntry entry) => IsFolder(ref entry)
        ? new(entry.FileName.ToString(), FileKind.Other, IsFolder: true)
        : new(entry.FileName.ToString(), FileSystem.KindOf(entry.ToFullPath()), IsFolder: false);
}
