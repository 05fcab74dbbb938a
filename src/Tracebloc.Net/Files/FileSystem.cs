using System.Runtime.InteropServices;

namespace Tracebloc.Net.Files;

/// <summary>The calls of the operating system that .NET lacks.</summary>
internal static partial class FileSystem
{
    private const int CurrentFolder = -100;

    // struct statx has one layout on every architecture (man 2 statx), unlike struct stat.
    private const uint WantOwnerAndLinks = 0x4 | 0x8 | 0x10;
    private const int SizeOfStatx = 256, Links = 16, User = 20, Group = 24;

    // As the kernel's MAXSYMLINKS.
    private const int MaxLinks = 40;

    /// <summary>
    /// The full path without links, as the kernel follows them: also where the last one leads to no file yet.
    /// </summary>
    /// <remarks>
    /// <see cref="File.ResolveLinkTarget"/> reads the target of a link without a folder from the root, and removes
    /// <c>..</c> before it follows linked folders.
    /// </remarks>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string RealPath(string path)
    {
        if (OperatingSystem.IsWindows())
            return File.ResolveLinkTarget(FullPath(path), returnFinalTarget: true)?.FullName ?? FullPath(path);
        return TryRealPath(path) ?? ToMissing(path);
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
    public static string FullPath(string path) => Path.GetFullPath(path, Environment.CurrentDirectory);

    private static string ToMissing(string path)
    {
        var missing = path;
        for (var links = 0; links < MaxLinks; links++)
        {
            var folder = TryRealPath(Path.GetDirectoryName(missing) is { Length: > 0 } named ? named : ".");
            if (folder is null) return FullPath(missing);
            missing = Path.Combine(folder, Path.GetFileName(missing));
            if (new FileInfo(missing).LinkTarget is not { } target) return missing;
            missing = Path.Combine(folder, target);
        }

        throw new IOException($"{path} is a link that leads back to itself; remove it");
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

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);
}
