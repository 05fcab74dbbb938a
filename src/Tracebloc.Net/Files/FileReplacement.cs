namespace Tracebloc.Net.Files;

/// <summary>Replaces files in one step: no reader sees half of one.</summary>
public static class FileReplacement
{
    private const UnixFileMode ForOthers = (UnixFileMode)0b000_111_111;

    // The HResult of an IOException is the system's errno.
    private const int Busy = 16, OtherFileSystem = 18, ReadOnlyFileSystem = 30;

    /// <summary>
    /// Replaces the file in one step: no reader sees half of it. Follows links, which stay links. Writes in place where
    /// a new file could not take the old one's place or owner: in a folder that is not writable, on a mount of the file
    /// itself, for another user's file, for a file with several names.
    /// </summary>
    /// <param name="path">The file; it must exist.</param>
    /// <param name="content">All of the new content.</param>
    /// <exception cref="IOException">The file is missing or cannot be written; its content is the old one.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write the file.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content) => Write(path, content, Replace);

    /// <summary>The same with another way to rename a file, by which a test has the system refuse it.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> content, Action<string, string> rename)
    {
        var target = FileSystem.RealPath(path);
        if (!TryReplace(target, content, rename)) WriteInPlace(target, content);
    }

    /// <summary>
    /// Creates a file of this program's own or replaces it, always in one step. It belongs to this user and has the
    /// mode of new files. A link is replaced as a file is: what it leads to stays as it is.
    /// </summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="content">All of the content.</param>
    /// <exception cref="IOException">The file cannot be written; its content is the old one.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the folder.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content) =>
        Rename(UserPath.Absolute(path), content, like: null, owner: null, Replace);

    private static bool TryReplace(string target, ReadOnlySpan<byte> content, Action<string, string> rename)
    {
        var owner = FileSystem.OwnerOf(target);
        if (owner is { Names: > 1 }) return false;
        try
        {
            return Rename(target, content, target, owner, rename);
        }
        catch (Exception refused) when (IsOfTheFolder(refused))
        {
            return false;
        }
    }

    /// <returns>False when the new file cannot get the old one's owner.</returns>
    private static bool Rename(
        string target, ReadOnlySpan<byte> content, string? like, FileOwner? owner, Action<string, string> rename)
    {
        // In the same folder, since a rename is one step only within a file system.
        var written = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            if (!TryWrite(written, content, like, owner)) return false;
            rename(written, target);
            return true;
        }
        finally
        {
            if (File.Exists(written)) File.Delete(written);
        }
    }

    private static void Replace(string written, string target) => File.Move(written, target, overwrite: true);

    // A full disk is not among them: writing in place needs the same room.
    private static bool IsOfTheFolder(Exception exception) =>
        exception is UnauthorizedAccessException or PathTooLongException
            or IOException { HResult: Busy or OtherFileSystem or ReadOnlyFileSystem };

    // The file may hold passwords: it is closed from its first byte on to every user that the old one is closed to. Its
    // mode is set once more because the process's mask may have narrowed it.
    private static bool TryWrite(string path, ReadOnlySpan<byte> content, string? like, FileOwner? owner)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (like is not null && !OperatingSystem.IsWindows())
            options.UnixCreateMode = File.GetUnixFileMode(like) & ~ForOthers;
        using var stream = new FileStream(path, options);
        if (owner is not null && !FileSystem.TryGive(path, owner)) return false;
        if (like is not null && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(like));
        stream.Write(content);
        stream.Flush(flushToDisk: true);
        return true;
    }

    private static void WriteInPlace(string target, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var old = new byte[stream.Length];
        stream.ReadExactly(old);
        try
        {
            Overwrite(stream, content);
        }
        catch (IOException)
        {
            Overwrite(stream, old);
            throw;
        }
    }

    private static void Overwrite(FileStream stream, ReadOnlySpan<byte> content)
    {
        stream.Position = 0;
        stream.Write(content);
        stream.SetLength(content.Length);
        stream.Flush(flushToDisk: true);
    }
}
