using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

/// <summary>
/// Moves and copies files within a volume that other users write to as well. Every path is absolute and without links.
/// </summary>
public static class VolumeFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>
    /// Renames a file or a folder, in one step. Another file of the new name is replaced, and so is an empty folder by
    /// a folder. A link is renamed itself.
    /// </summary>
    /// <exception cref="IOException">The system refuses for another reason than those of the result.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to one of the folders.</exception>
    public static RenameResult Rename(string from, string to) => FileSystem.Rename(from, to);

    /// <summary>True where a folder of the path is a link; false where the folder is absent.</summary>
    /// <param name="path">A path that had no links.</param>
    public static bool IsLinked(string path) =>
        Path.GetDirectoryName(path) is { } folder && UserPath.Real(folder) is { } real && real != folder;

    /// <summary>True where a file of one mount can be renamed into the other folder's.</summary>
    /// <exception cref="IOException">One of them is absent, or the system does not answer.</exception>
    public static bool AreOnOneMount(string path, string other) =>
        FileSystem.MountOf(path) == FileSystem.MountOf(other);

    /// <summary>Opens a regular file for reading, without following a link in any part of its path.</summary>
    /// <exception cref="IOException">It is absent, no regular file, or a link is part of its path.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static SafeFileHandle Open(string path)
    {
        var handle = FileSystem.OpenUnlinked(path);
        try
        {
            if (OperatingSystem.IsLinux()) FileSystem.RequirePlace(handle, path);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Copies an open file to a new one: a link or file of its name is an error.</summary>
    /// <returns>The bytes copied.</returns>
    /// <exception cref="IOException">One of the files fails, or the new one exists.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the folder.</exception>
    public static long Copy(SafeFileHandle source, string target)
    {
        using var copy = File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write);
        var copied = FileSystem.CopyRange(source, copy, RandomAccess.GetLength(source));
        return CopyRest(source, copy, copied);
    }

    private static long CopyRest(SafeFileHandle source, SafeFileHandle copy, long copied)
    {
        var length = RandomAccess.GetLength(source);
        if (copied >= length) return copied;
        var buffer = new byte[(int)Math.Min(BufferBytes, length - copied)];
        while (RandomAccess.Read(source, buffer, copied) is > 0 and var read)
        {
            RandomAccess.Write(copy, buffer.AsSpan(0, read), copied);
            copied += read;
        }

        return copied;
    }
}
