using System.Xml.Linq;

namespace Tracebloc.Architecture.Tests;

/// <summary>The working tree around these tests, without what .gitignore leaves out.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private static readonly string[] Ignored =
    [
        ".git",
        .. File.ReadLines(Path.Combine(Root.FullName, ".gitignore"))
            .Where(line => line.EndsWith('/'))
            .Select(line => line.TrimEnd('/')),
    ];

    /// <summary>Every project under src/, by its name.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } = new DirectoryInfo(
            Path.Combine(Root.FullName, "src"))
        .GetFiles("*.csproj", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Name), file => XDocument.Load(file.FullName));

    /// <summary>The text files whose path begins with one of the folders and ends with one of the extensions.</summary>
    public static IReadOnlyList<SourceFile> Files(string[] folders, string[] extensions) =>
    [
        .. Walk(Root)
            .Select(file => (file.FullName, Path: Path.GetRelativePath(Root.FullName, file.FullName)))
            .Where(file => folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .Where(file => extensions.Any(extension => file.Path.EndsWith(extension, StringComparison.Ordinal)))
            .Select(file => new SourceFile(file.Path, File.ReadAllText(file.FullName))),
    ];

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.GetFiles().Where(file => file.Name != ".git")    // a worktree's is a file
            .Concat(folder.GetDirectories().Where(child => !Ignored.Contains(child.Name)).SelectMany(Walk));

    private static DirectoryInfo FindRoot(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("Refresh.sln is in no folder above these tests.")
        : File.Exists(Path.Combine(folder.FullName, "Refresh.sln")) ? folder
        : FindRoot(folder.Parent);
}
