using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

internal static partial class FileSystem
{
    // open(2); O_NOFOLLOW is the one flag that differs on arm64 (arch/arm64/include/uapi/asm/fcntl.h).
    private const int ReadOnly = 0x0, NonBlocking = 0x800, CloseOnExec = 0x80000;
    private const int NoFollow = 0x20000, NoFollowOnArm = 0x8000;
    private const int TooManyLinks = 40, NotPermitted = 1, AccessDenied = 13;

    // The path is empty: the descriptor itself is meant.
    private const int OfDescriptor = 0x1000;

    /// <summary>Opens a file that is no link; nothing waits for the other end of a pipe.</summary>
    /// <exception cref="IOException">The file is absent, a link, or no regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static SafeFileHandle OpenUnlinked(string path)
    {
        if (!OperatingSystem.IsLinux())
            return KindOf(path) == FileKind.Regular ? File.OpenHandle(path) : throw Irregular(path, KindOf(path));
        return Regular(OpenNoLink(path), path);
    }

    /// <summary>The same for a file of an open folder, on Linux.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="path">Its path, for messages.</param>
    public static SafeFileHandle OpenUnlinked(SafeFileHandle folder, string name, string path) =>
        Regular(Opened(OpenAt(folder, name, Unlinked), path), path);

    private static SafeFileHandle Regular(SafeFileHandle handle, string path)
    {
        try
        {
            return KindOf((int)handle.DangerousGetHandle()) == FileKind.Regular
                ? handle
                : throw Irregular(path, FileKind.Other);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file or folder that is no link, on Linux.</summary>
    /// <exception cref="IOException">It is absent or a link.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static SafeFileHandle OpenNoLink(string path) => Opened(Open(path, Unlinked), path);

    /// <summary>Requires that a path without links leads to an open file, on Linux.</summary>
    /// <exception cref="IOException">It does not: a folder of the path is a link.</exception>
    public static void RequirePlace(SafeFileHandle handle, string path)
    {
        var place = new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget;
        if (place != path)
            throw new IOException($"{path} leads to {place}: a folder of its path is a link or was renamed");
    }

    private static int Unlinked => ReadOnly | NonBlocking | CloseOnExec
        | (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? NoFollowOnArm : NoFollow);

    private static SafeFileHandle Opened(int descriptor, string path) => descriptor >= 0
        ? new SafeFileHandle(descriptor, ownsHandle: true)
        : throw Refused(path, Marshal.GetLastPInvokeError());

    private static unsafe FileKind KindOf(int descriptor)
    {
        var buffer = stackalloc byte[SizeOfStatx];
        return Statx(descriptor, "", OfDescriptor, WantType, buffer) == 0
            && (*(ushort*)(buffer + Mode) & TypeOfMode) == RegularType
                ? FileKind.Regular
                : FileKind.Other;
    }

    private static Exception Refused(string path, int error) => error switch
    {
        NoEntry or NoFolder => Irregular(path, FileKind.Absent),
        TooManyLinks => Irregular(path, FileKind.Link),
        NotPermitted or AccessDenied => new UnauthorizedAccessException($"{path} is not readable by this user"),
        _ => new IOException($"{path} cannot be read: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    private static IOException Irregular(string path, FileKind kind) => kind switch
    {
        FileKind.Absent => new FileNotFoundException($"{path} does not exist", path),
        FileKind.Link => new IOException($"{path} is a link; put the file itself there"),
        _ => new IOException($"{path} is no regular file"),
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(SafeFileHandle folder, string name, int flags);
}
