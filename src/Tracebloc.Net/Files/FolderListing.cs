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
    /// <exception cref="IOException">The folder is absent or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the folder.</exception>
    public static IEnumerable<FolderEntry> Read(string folder) =>
        new FileSystemEnumerable<FolderEntry>(UserPath.Absolute(folder), Describe, All);

    private static FolderEntry Describe(ref FileSystemEntry entry)
    {
        if (entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0)
            return new(entry.FileName.ToString(), FileKind.Other, IsFolder: true);
        return new(entry.FileName.ToString(), FileSystem.KindOf(entry.ToFullPath()), IsFolder: false);
    }
}
