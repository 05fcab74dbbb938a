namespace Tracebloc.EndToEnd;

/// <summary>The commands of docs/metadata-sync.md: its indented blocks, with the names of this run.</summary>
internal sealed class SyncPage(IReadOnlyList<(string Word, string Name)> names)
{
    private const string CodeIndent = "    ";

    private readonly List<string> _blocks =
        [.. Blocks(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "metadata-sync.md")))];

    /// <summary>The block that begins so.</summary>
    /// <exception cref="InvalidOperationException">The page has none, or several.</exception>
    public string Block(string beginning)
    {
        var found = _blocks.Where(block => block.StartsWith(beginning, StringComparison.Ordinal)).ToList();
        return found is [var block]
            ? names.Aggregate(block, (text, one) => text.Replace(one.Word, one.Name, StringComparison.Ordinal))
            : throw new InvalidOperationException(
                $"docs/metadata-sync.md has {found.Count} blocks that begin with: {beginning}");
    }

    private static IEnumerable<string> Blocks(IEnumerable<string> lines)
    {
        var block = new List<string>();
        foreach (var line in lines.Append(""))
            if (line.StartsWith(CodeIndent, StringComparison.Ordinal))
            {
                block.Add(line);
            }
            else if (block.Count > 0)
            {
                var indent = block.Min(one => one.Length - one.TrimStart().Length);
                yield return string.Join('\n', block.Select(one => one[indent..]));
                block.Clear();
            }
    }
}
