using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Docs;

/// <summary>
/// docs/ingest-v1.md by its marked parts. To write them anew, run these tests with <c>APPROVE=1</c> in the environment,
/// one after the other.
/// </summary>
internal static class Page
{
    private const string File = "docs/ingest-v1.md";

    public static string Text => Documents.Read(File);

    /// <summary>Compares the part between two marks.</summary>
    public static void Verify(string name, string text)
    {
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") Replace(name, text);
        Assert.Equal(text, Part(name));
    }

    /// <summary>The same for lines between fences.</summary>
    public static void VerifyBlock(string name, IEnumerable<string> lines, string language = "") =>
        Verify(name, $"\n```{language}\n{string.Concat(lines.Select(line => line + "\n"))}```\n");

    private static string Part(string name)
    {
        var (start, end) = Find(Text, name);
        return Text[start..end];
    }

    private static void Replace(string name, string text)
    {
        var page = Text;
        var (start, end) = Find(page, name);
        System.IO.File.WriteAllText(Documents.Locate(File), page[..start] + text + page[end..]);
    }

    private static (int Start, int End) Find(string page, string name)
    {
        var start = page.IndexOf($"<!-- {name} -->", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{File} has no part {name}.");
        start += $"<!-- {name} -->".Length;
        return (start, page.IndexOf($"<!-- /{name} -->", start, StringComparison.Ordinal));
    }
}
