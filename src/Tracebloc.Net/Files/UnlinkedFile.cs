using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

/// <summary>Files in folders that other users may write to: no link is followed, and no pipe is waited for.</summary>
public static class UnlinkedFile
{
    /// <summary>
    /// Opens a regular file for reading. Where another user replaces it by a link meanwhile, opening fails.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is absent, a link, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static SafeFileHandle Open(string path) => FileSystem.OpenUnlinked(UserPath.Absolute(path));

    /// <summary>The kind of a file, by which reading it ends or not. A link is one, wherever it leads.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The system does not answer.</exception>
    public static FileKind KindOf(string path) => FileSystem.KindOf(UserPath.Absolute(path));
}
