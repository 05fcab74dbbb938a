using System.Runtime.CompilerServices;

namespace Tracebloc.ImageRefresh.Tests;

/// <summary>The repository's README, by its marked sections.</summary>
internal static class Readme
{
    public static string Text { get; } = Beside("README.md");

    /// <summary>The fenced block between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
    public static string Block(string name)
    {
        var section = Between(Text, $"<!-- {name} -->", $"<!-- /{name} -->");
        var opening = section.IndexOf("```", StringComparison.Ordinal);
        return Between(section[section.IndexOf('\n', opening)..], "\n", "```");
    }

    /// <summary>The images of a block, polled at this registry in place of the one that it names.</summary>
    public static RefreshConfiguration Configuration(string block, string registry)
    {
        using var file = new ConfigurationFile();
        var images = Block(block).Replace("registry.example.com", registry, StringComparison.Ordinal);
        return file.Read(ConfigurationFile.Head + images);
    }

    /// <summary>The text of a file, by its path from the folder of the README.</summary>
    public static string Beside(string path) => File.ReadAllText(Path.Combine(Folder(), "..", "..", path));

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"README.md has no {start}");
        from += start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
