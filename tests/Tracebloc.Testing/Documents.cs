using System.Runtime.CompilerServices;

namespace Tracebloc.Testing;

/// <summary>The README and the pages under docs/, by their marked blocks.</summary>
public static class Documents
{
    /// <summary>All pages, one after another.</summary>
    public static string Text { get; } = string.Concat(
        Directory.GetFiles(Locate("docs"), "*.md").Order(StringComparer.Ordinal).Prepend(Locate("README.md"))
            .Select(File.ReadAllText));

    /// <summary>The fenced block between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
    public static string Block(string name)
    {
        var section = Between(Text, $"<!-- {name} -->", $"<!-- /{name} -->");
        var opening = section.IndexOf("```", StringComparison.Ordinal);
        return Between(section[section.IndexOf('\n', opening)..], "\n", "```");
    }

    /// <summary>The text of a file, by its path from the repository's root.</summary>
    public static string Read(string path) => File.ReadAllText(Locate(path));

    /// <summary>The full path of a file or folder, by its path from the repository's root.</summary>
    public static string Locate(string path) => Path.GetFullPath(Path.Combine("..", "..", path), Folder());

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0)
            throw new InvalidOperationException($"No page has {start}.");
        from += start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
