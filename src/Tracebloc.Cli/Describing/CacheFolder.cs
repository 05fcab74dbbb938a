namespace Tracebloc.Cli.Describing;

/// <summary>The folder of this user's caches, by the custom of each system.</summary>
internal static class CacheFolder
{
    private const string Own = "tracebloc";

    /// <param name="variable">Looks an environment variable up; null when it is unset.</param>
    /// <returns>Null where the user has no folder for caches.</returns>
    public static string? Of(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows()) return Below(variable("LOCALAPPDATA"), Own, "cache");
        // https://specifications.freedesktop.org/basedir-spec/: a relative path is invalid.
        if (variable("XDG_CACHE_HOME") is { } xdg && Path.IsPathFullyQualified(xdg)) return Path.Combine(xdg, Own);
        return OperatingSystem.IsMacOS()
            ? Below(variable("HOME"), "Library", "Caches", Own)
            : Below(variable("HOME"), ".cache", Own);
    }

    private static string? Below(string? folder, params IReadOnlyList<string> parts) =>
        folder is { Length: > 0 } && Path.IsPathFullyQualified(folder) ? Path.Combine([folder, .. parts]) : null;
}
