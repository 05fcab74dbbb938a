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

    /// <summary>Exchanges two files or folders, in one step. A link is exchanged itself.</summary>
    /// <returns>Null where the system or the file system cannot, as NFS: then nothing has changed.</returns>
    /// <exception cref="IOException">The system refuses for another reason than those of the result.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to one of the folders.</exception>
    public static RenameResult? TryExchange(string one, string other) => FileSystem.TryExchange(one, other);

    /// <summary>True where a folder of the path is a link; false where the folder is absent.</summary>
    /// <param name="path">A path that had no links.</param>
    public static bool IsLinked(string path) =>
        Path.GetDirectoryName(path) is { } folder && UserPath.Real(folder) is { } real && real != folder;

    /// <summary>True where a file of one mount can be renamed into the other folder's.</summary>
    /// <exception cref="IOException">One of them is absent, or the system does not answer.</exception>
    public static bool AreOnOneMount(string path, string other) =>
        FileSystem.MountOf(path) == FileSystem.MountOf(other);

    /// <summary>Copies an open file to a new one.</summary>
    /// <returns>The bytes copied; null where a file of the name is there.</returns>
    /// <exception cref="IOException">One of the files fails, or something else has the name.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the folder.</exception>
    public static long? Copy(SafeFileHandle source, string target)
    {
        using var copy = Create(target);
        if (copy is null) return null;
        var length = RandomAccess.GetLength(source);
        var copied = FileSystem.CopyRange(source, copy, length);
        if (copied >= length) return copied;
        var buffer = new byte[(int)Math.Min(BufferBytes, length - copied)];
        while (RandomAccess.Read(source, buffer, copied) is > 0 and var read)
        {
            RandomAccess.Write(copy, buffer.AsSpan(0, read), copied);
            copied += read;
        }

        return copied;
    }

    /// <summary>True where a file has the bytes of an open one.</summary>
    /// <exception cref="IOException">One of them cannot be read, or the path is a link or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static bool IsCopy(SafeFileHandle source, string path)
    {
        using var copy = FileSystem.OpenUnlinked(path);
        var length = RandomAccess.GetLength(source);
        if (RandomAccess.GetLength(copy) != length) return false;
        var (one, other) = (new byte[BufferBytes], new byte[BufferBytes]);
        for (var offset = 0L; offset < length;)
        {
            var count = RandomAccess.Read(source, one, offset);
            var same = RandomAccess.Read(copy, other.AsSpan(0, count), offset);
            if (count == 0 || !one.AsSpan(0, count).SequenceEqual(other.AsSpan(0, same))) return false;
            offset += count;
        }

        return true;
    }

    private static SafeFileHandle? Create(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (FileSystem.KindOf(path) == FileKind.Regular)
        {
            return null;
        }
    }
}
