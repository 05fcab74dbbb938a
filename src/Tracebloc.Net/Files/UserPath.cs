namespace Tracebloc.Net.Files;

/// <summary>Paths as a user gives them.</summary>
public static class UserPath
{
    private const string Parent = "..";

    /// <summary>
    /// The path as the system resolves it. .NET removes <c>..</c> together with the folder before it, in every call
    /// that takes a path: where that folder is a link, another file is read than the shell and other programs read.
    /// </summary>
    /// <returns>The path itself where it has no <c>..</c>.</returns>
    public static string Resolve(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (OperatingSystem.IsWindows()) return path;
        var parts = path.Split('/');
        var last = Array.LastIndexOf(parts, Parent);
        if (last < 0 || FileSystem.TryRealPath(string.Join('/', parts[..(last + 1)])) is not { } folder) return path;
        return Path.Combine(folder, string.Join('/', parts[(last + 1)..]));
    }

    /// <summary>The path without links, as the system follows them; null where it leads nowhere.</summary>
    public static string? Real(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (OperatingSystem.IsWindows()) return Path.Exists(path) ? FileSystem.RealPath(path) : null;
        return FileSystem.TryRealPath(path);
    }

    /// <summary>The path as the system resolves it, from the root.</summary>
    public static string Absolute(string path) => FileSystem.FullPath(Resolve(path));
}
