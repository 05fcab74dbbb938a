using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

internal static partial class FileSystem
{
    private const int NotEmpty = 39, Exists = 17, IsFolder = 21, OtherFileSystem = 18;

    // statx(2): the device by two numbers, and the mount, 0 before Linux 5.8.
    private const uint WantMount = 0x1000;
    private const int Device = 136, Mount = 144;

    // renameat2(2)
    private const uint Exchange = 2;

    // errno(3): the kernel or the file system exchanges nothing.
    private static readonly int[] NoExchange = [22, 38, 95];

    // errno(3): the kernel or the file system has no such copy.
    private static readonly int[] NoRangeCopy = [22, 38, 95, OtherFileSystem, 1];

    /// <summary>
    /// Renames a file or a folder. A file that is there is replaced, and so is an empty folder by a folder; .NET's
    /// calls refuse the latter.
    /// </summary>
    public static RenameResult Rename(string from, string to) => ResultOf(RenameOf(from, to), from, to);

    /// <summary>The same for a file of an open folder.</summary>
    public static RenameResult Rename(SafeFileHandle folder, string name, string to) =>
        ResultOf(RenameFrom(folder, name, CurrentFolder, to), name, to);

    /// <summary>The same into an open folder.</summary>
    public static RenameResult Rename(string from, SafeFileHandle folder, string name) =>
        ResultOf(RenameTo(CurrentFolder, from, folder, name), from, name);

    /// <summary>Exchanges two files or folders, in one step.</summary>
    /// <returns>Null where the system or the file system cannot.</returns>
    public static RenameResult? TryExchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux()) return null;
        try
        {
            var returned = RenameFlagged(CurrentFolder, one, CurrentFolder, other, Exchange);
            return returned != 0 && NoExchange.Contains(Marshal.GetLastPInvokeError())
                ? null
                : ResultOf(returned, one, other);
        }
        catch (EntryPointNotFoundException)
        {
            return null; // A C library before 2018.
        }
    }

    private static RenameResult ResultOf(int returned, string from, string to)
    {
        if (returned == 0) return RenameResult.Done;
        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            NoFolder when KindOf(to) != FileKind.Absent => RenameResult.Occupied,
            NoEntry or NoFolder => RenameResult.Absent,
            NotEmpty or Exists or IsFolder => RenameResult.Occupied,
            OtherFileSystem => RenameResult.OtherFileSystem,
            NotPermitted or AccessDenied => throw new UnauthorizedAccessException(
                $"{from} cannot be renamed to {to}: this user may not"),
            _ => throw new IOException($"{from} cannot be renamed to {to}: {Marshal.GetPInvokeErrorMessage(error)}"),
        };
    }

    /// <summary>The mount of a file, equal for files that can be renamed into each other's folders.</summary>
    /// <exception cref="IOException">The file is absent, or the system does not answer.</exception>
    public static unsafe (ulong Device, ulong Mount) MountOf(string path)
    {
        if (!OperatingSystem.IsLinux()) return default;
        var buffer = stackalloc byte[SizeOfStatx];
        return Statx(CurrentFolder, path, NotThroughLinks, WantMount, buffer) == 0
            ? (*(ulong*)(buffer + Device), *(ulong*)(buffer + Mount))
            : throw new IOException($"{path} cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Copies by the kernel, which shares the blocks where the file system can.</summary>
    /// <returns>The bytes copied; less than the length where the kernel cannot copy between these files.</returns>
    public static long CopyRange(SafeFileHandle from, SafeFileHandle to, long length)
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var copied = 0L;
        while (copied < length)
        {
            var count = CopyFileRange(from, 0, to, 0, (nuint)(length - copied), 0);
            if (count == 0) break;
            if (count < 0 && NoRangeCopy.Contains(Marshal.GetLastPInvokeError())) break;
            if (count < 0) throw new IOException($"copying failed: {Marshal.GetLastPInvokeErrorMessage()}");
            copied += count;
        }

        return copied;
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameOf(string from, string to);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFrom(SafeFileHandle folder, string from, int toFolder, string to);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameTo(int fromFolder, string from, SafeFileHandle folder, string to);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameFlagged(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "copy_file_range", SetLastError = true)]
    private static partial nint CopyFileRange(
        SafeFileHandle from, nint fromOffset, SafeFileHandle to, nint toOffset, nuint length, uint flags);
}
