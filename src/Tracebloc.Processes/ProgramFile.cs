namespace Tracebloc.Processes;

/// <summary>Finds programs.</summary>
public static class ProgramFile
{
    /// <summary>The first program of this name on a PATH; null when there is none.</summary>
    // .NET would look into the current folder before PATH.
    public static string? Find(string name, string? path) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name))
            .FirstOrDefault(File.Exists);
}
