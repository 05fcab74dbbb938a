using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

/// <summary>Stamps by statx(2), whose structure has one layout on every architecture.</summary>
internal static partial class StampReader
{
    private const int CurrentFolder = -100;

    // The flags: a link is not followed; the path is empty and the descriptor itself is meant.
    private const int NotThroughLinks = 0x100, OfDescriptor = 0x1000;

    // Size, inode, and the times as seconds (8 bytes) and nanoseconds (4).
    private const uint WantStamp = 0x40 | 0x80 | 0x100 | 0x200;
    private const int SizeOfStatx = 256, Inode = 32, Size = 40, ChangeTime = 96, ModificationTime = 112, Seconds = 8;

    private const long NanosecondsPerSecond = 1_000_000_000;

    public static FileStamp Of(string path) => OperatingSystem.IsLinux()
        ? Read(CurrentFolder, path, NotThroughLinks, path)
        : ByTime(new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));

    public static FileStamp Of(SafeFileHandle file) => OperatingSystem.IsLinux()
        ? Read((int)file.DangerousGetHandle(), "", OfDescriptor, "an open file")
        : ByTime(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    private static unsafe FileStamp Read(int folder, string path, int flags, string name)
    {
        var buffer = stackalloc byte[SizeOfStatx];
        return Statx(folder, path, flags, WantStamp, buffer) == 0
            ? new FileStamp(
                *(long*)(buffer + Size),
                *(ulong*)(buffer + Inode),
                TimeIn(buffer + ModificationTime),
                TimeIn(buffer + ChangeTime))
            : throw new IOException($"{name} cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static unsafe long TimeIn(byte* time) => (*(long*)time * NanosecondsPerSecond) + *(uint*)(time + Seconds);

    private static FileStamp ByTime(long length, DateTime written)
    {
        var nanoseconds = (written - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new FileStamp(length, 0, nanoseconds, nanoseconds);
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);
}
