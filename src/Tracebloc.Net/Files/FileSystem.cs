using System.Runtime.InteropServices;

namespace Tracebloc.Net.Files;

/// <summary>The calls of the operating system that .NET lacks.</summary>
internal static partial class FileSystem
{
    private const int CurrentFolder = -100;

    // struct statx has one layout on every architecture (man 2 statx), unlike struct stat.
    private const uint WantType = 0x1, WantOwnerAndLinks = 0x4 | 0x8 | 0x10;
    private const int SizeOfStatx = 256, Links = 16, User = 20, Group = 24, Mode = 28;
    private const int NotThroughLinks = 0x100;

    // inode(7)
    private const int TypeOfMode = 0xF000, RegularType = 0x8000, LinkType = 0xA000;

    // The errno of a missing file, and of a folder on the way that is a file.
    private const int NoEntry = 2, NoFolder = 20;

    /// <summary>The full path without links, as the kernel follows them.</summary>
    /// <remarks>
    /// <see cref="File.ResolveLinkTarget"/> reads the target of a link without a folder from the root, and removes
    /// <c>..</c> before it follows linked folders.
    /// </remarks>
    /// <exception cref="FileNotFoundException">The path is a link that leads to no file.</exception>
    public static string RealPath(string path)
    {
        var full = FullPath(path);
        if (OperatingSystem.IsWindows())
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        return TryRealPath(path) ?? (KindOf(path) == FileKind.Link
            ? throw new FileNotFoundException($"{path} is a link that leads to no file; correct or remove it", path)
            : full);
    }

    /// <returns>Null where the file or a folder on the way does not exist.</returns>
    public static string? TryRealPath(string path)
    {
        var resolved = RealPathOf(path, 0);
        if (resolved == 0) return null;
        try
        {
            return Marshal.PtrToStringUTF8(resolved);
        }
        finally
        {
            Free(resolved);
        }
    }

    /// <summary>The path from the root, its <c>..</c> removed.</summary>
    public static string FullPath(string path) =>
        Path.GetFullPath(path, Path.IsPathFullyQualified(path) ? path : Environment.CurrentDirectory);

    /// <summary>The kind of a file, by which reading it ends or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="followLinks">False: a link is one, wherever it leads.</param>
    /// <exception cref="IOException">The system does not tell.</exception>
    public static unsafe FileKind KindOf(string path, bool followLinks = false)
    {
        if (!OperatingSystem.IsLinux()) return KindByName(path, followLinks);
        var buffer = stackalloc byte[SizeOfStatx];
        if (Statx(CurrentFolder, path, followLinks ? 0 : NotThroughLinks, WantType, buffer) == 0)
            return (*(ushort*)(buffer + Mode) & TypeOfMode) switch
            {
                RegularType => FileKind.Regular,
                LinkType => FileKind.Link,
                _ => FileKind.Other,
            };
        return Marshal.GetLastPInvokeError() is NoEntry or NoFolder
            ? FileKind.Absent
            : throw new IOException($"{path} cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static FileKind KindByName(string path, bool followLinks)
    {
        if (!followLinks && new FileInfo(path).LinkTarget is not null) return FileKind.Link;
        if (Directory.Exists(path)) return FileKind.Other;
        return File.Exists(path) ? FileKind.Regular : FileKind.Absent;
    }

    /// <returns>Null where it is not known: on other systems than Linux, or without such a file.</returns>
    public static unsafe FileOwner? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var buffer = stackalloc byte[SizeOfStatx];
        return Statx(CurrentFolder, path, 0, WantOwnerAndLinks, buffer) == 0
            ? new(*(uint*)(buffer + User), *(uint*)(buffer + Group), *(uint*)(buffer + Links))
            : null;
    }

    /// <summary>Makes a file the property of an owner.</summary>
    /// <returns>False where this user may not.</returns>
    public static bool TryGive(string path, FileOwner owner) =>
        OwnerOf(path) is { } now && now.User == owner.User && now.Group == owner.Group
        || ChangeOwner(path, owner.User, owner.Group) == 0;

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPathOf(string path, nint resolved);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);
}
