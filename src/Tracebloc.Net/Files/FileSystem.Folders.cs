using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

// Calls within an open folder, which no link in its path can lead elsewhere. All are for Linux alone.
internal static partial class FileSystem
{
    // open(2), for files that are written; O_DIRECTORY differs on arm64 as O_NOFOLLOW does.
    private const int ReadWrite = 0x2, CreateFile = 0x40, Exclusive = 0x80;
    private const int FolderOnly = 0x10000, FolderOnlyOnArm = 0x4000;

    private const uint ModeOfFiles = 0b110_110_110, ModeOfFolders = 0b111_111_111;

    /// <summary>Makes a folder, unless it is there, and opens it. A link in its place is not followed.</summary>
    /// <exception cref="IOException">Something else has the name, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the folder.</exception>
    public static SafeFileHandle MakeFolder(SafeFileHandle folder, string name, string path)
    {
        if (MakeFolderAt(folder, name, ModeOfFolders) != 0 && Marshal.GetLastPInvokeError() != Exists)
            throw NotWritten(path, Marshal.GetLastPInvokeError());
        var onlyFolders = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? FolderOnlyOnArm : FolderOnly;
        return Opened(OpenAt(folder, name, Unlinked | onlyFolders), path);
    }

    /// <summary>Opens a file for reading and writing.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="isNew">True: the file must not be there; false: it must be.</param>
    /// <exception cref="IOException">It is not as required, a link, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to it.</exception>
    public static SafeFileHandle OpenForWriting(SafeFileHandle folder, string name, string path, bool isNew)
    {
        var flags = Unlinked | ReadWrite | (isNew ? CreateFile | Exclusive : 0);
        var descriptor = OpenAt(folder, name, flags, ModeOfFiles);
        if (descriptor < 0 && isNew) throw NotWritten(path, Marshal.GetLastPInvokeError());
        return Regular(Opened(descriptor, path), path);
    }

    /// <summary>Removes a file or a link; nothing where it is absent.</summary>
    /// <exception cref="IOException">It is a folder, or cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write to the folder.</exception>
    public static void Remove(SafeFileHandle folder, string name, string path)
    {
        if (UnlinkAt(folder, name, 0) != 0 && Marshal.GetLastPInvokeError() is not NoEntry and var error)
            throw NotWritten(path, error);
    }

    /// <summary>Waits until the disk has all that was written to the file system of an open folder.</summary>
    /// <exception cref="IOException">The disk has failed.</exception>
    public static void Synchronize(SafeFileHandle folder, string path)
    {
        if (SynchronizeFileSystem(folder) != 0) throw NotWritten(path, Marshal.GetLastPInvokeError());
    }

    private static Exception NotWritten(string path, int error) => error is NotPermitted or AccessDenied
        ? new UnauthorizedAccessException($"{path} is not writable by this user")
        // The HResult of an IOException is the system's errno.
        : new IOException($"{path} cannot be written: {Marshal.GetPInvokeErrorMessage(error)}", error);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFolderAt(SafeFileHandle folder, string name, uint mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(SafeFileHandle folder, string name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(SafeFileHandle folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SynchronizeFileSystem(SafeFileHandle folder);
}
