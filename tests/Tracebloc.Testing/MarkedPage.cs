namespace Tracebloc.Testing;

/// <summary>
/// A page by its parts between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>. To write them anew, run the
/// tests with <c>APPROVE=1</c> in the environment, one after the other.
/// </summary>
/// <param name="path">The page's path from the repository's root.</param>
public sealed class MarkedPage(string path)
{
    /// <summary>The page on ingest.v1.</summary>
    public static MarkedPage IngestV1 { get; } = new("docs/ingest-v1.md");

    /// <summary>The page on the ingestor.</summary>
    public static MarkedPage Ingestion { get; } = new("docs/ingestion.md");

    /// <summary>The page on the protocol of jobs-manager.</summary>
    public static MarkedPage Protocol { get; } = new("docs/protocol.md");

    /// <summary>The page on the command line.</summary>
    public static MarkedPage CommandLine { get; } = new("docs/cli.md");

    /// <summary>The page on the demos.</summary>
    public static MarkedPage Demo { get; } = new("docs/demo.md");

    /// <summary>The whole page.</summary>
    public string Text => Documents.Read(path);

    /// <summary>Compares a part.</summary>
    /// <exception cref="InvalidOperationException">The part is another text, or the page has no such part.</exception>
    public void Verify(string name, string text)
    {
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") Replace(name, text);
        var (page, (start, end)) = (Text, Find(name));
        if (page[start..end] == text) return;
        var (shown, real) = (page[start..end].Split('\n'), text.Split('\n'));
        var line = shown.Zip(real).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new InvalidOperationException(
            $"{path}: part {name} differs from line {line} on; APPROVE=1 writes it anew.\n"
            + $"The page: {shown.ElementAtOrDefault(line)}\nThe test: {real.ElementAtOrDefault(line)}\n"
            + $"All of the test's text:\n{text}");
    }

    /// <summary>The text of a part.</summary>
    public string Part(string name)
    {
        var (start, end) = Find(name);
        return Text[start..end];
    }

    /// <summary>The same for lines between fences.</summary>
    public void VerifyBlock(string name, IEnumerable<string> lines, string language = "") =>
        Verify(name, $"\n```{language}\n{string.Concat(lines.Select(line => line + "\n"))}```\n");

    private void Replace(string name, string text)
    {
        var (page, (start, end)) = (Text, Find(name));
        File.WriteAllText(Documents.Locate(path), page[..start] + text + page[end..]);
    }

    private (int Start, int End) Find(string name)
    {
        var (page, opening) = (Text, $"<!-- {name} -->");
        var start = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        var end = page.IndexOf($"<!-- /{name} -->", start, StringComparison.Ordinal);
        return start >= opening.Length && end >= 0
            ? (start, end)
            : throw new InvalidOperationException($"{path} has no part {name}.");
    }
}
