using System.Runtime.CompilerServices;

namespace Tracebloc.Testing;

/// <summary>The repository's README, by its marked sections.</summary>
public static class Readme
{
    public static string Text { get; } = Beside("README.md");

    /// <summary>The fenced block between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
    public static string Block(string name)
    {
        var section = Between(Text, $"<!-- {name} -->", $"<!-- /{name} -->");
        var opening = section.IndexOf("```", StringComparison.Ordinal);
        return Between(section[section.IndexOf('\n', opening)..], "\n", "```");
    }

    /// <summary>The text of a file, by its path from the folder of the README.</summary>
    public static string Beside(string path) => File.ReadAllText(Path.Combine(Folder(), "..", "..", path));

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0)
            throw new InvalidOperationException($"README.md has no {start}.");
        from += start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
