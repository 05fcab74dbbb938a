using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tracebloc.Net.Files;

internal static partial class FileSystem
{
    // statx(2): size, inode, and the times as seconds (8 bytes) and nanoseconds (4).
    private const uint WantStamp = 0x40 | 0x80 | 0x100 | 0x200;
    private const int Inode = 32, Size = 40, ChangeTime = 96, ModificationTime = 112, Seconds = 8;

    private const long NanosecondsPerSecond = 1_000_000_000;

    public static unsafe FileStamp StampOf(string path)
    {
        if (!OperatingSystem.IsLinux()) return StampByTime(new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));
        var buffer = stackalloc byte[SizeOfStatx];
        return Statx(CurrentFolder, path, NotThroughLinks, WantStamp, buffer) == 0
            ? StampIn(buffer)
            : throw new IOException($"{path} cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public static unsafe FileStamp StampOf(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) return StampByTime(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
        var buffer = stackalloc byte[SizeOfStatx];
        return Statx((int)file.DangerousGetHandle(), "", OfDescriptor, WantStamp, buffer) == 0
            ? StampIn(buffer)
            : throw new IOException($"an open file cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static unsafe FileStamp StampIn(byte* buffer) => new(
        *(long*)(buffer + Size), *(ulong*)(buffer + Inode), TimeIn(buffer + ModificationTime), TimeIn(buffer + ChangeTime));

    private static unsafe long TimeIn(byte* time) => (*(long*)time * NanosecondsPerSecond) + *(uint*)(time + Seconds);

    private static FileStamp StampByTime(long length, DateTime written)
    {
        var nanoseconds = (written - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new FileStamp(length, 0, nanoseconds, nanoseconds);
    }
}
