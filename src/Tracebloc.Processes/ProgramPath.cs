using Tracebloc.Net.Files;

namespace Tracebloc.Processes;

/// <summary>Finds programs as a shell and Go do, never in the current folder, where .NET would look first.</summary>
public static class ProgramPath
{
    /// <summary>The file of a program.</summary>
    /// <param name="name">A name to be looked up, or a full path.</param>
    /// <param name="path">The folders as PATH lists them; those that depend on the current folder are skipped.</param>
    /// <returns>Null when there is none.</returns>
    public static string? Find(string name, string? path)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Path.IsPathRooted(name)) return File.Exists(UserPath.Resolve(name)) ? name : null;
        if (Path.GetFileName(name) != name) return null;
        return (path ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathRooted)
            .SelectMany(folder => Files(Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Files(string file) =>
        OperatingSystem.IsWindows() ? [file, $"{file}.exe"] : [file];
}
