namespace Tracebloc.Charts.Tests.Harness;

/// <summary>The README's table of what an operator can set, from the comments of values.yaml.</summary>
internal static class ValuesTable
{
    private const string Start = "<!-- values -->\n", End = "<!-- /values -->";

    /// <summary>The README with the table as it should be between its marks.</summary>
    public static string Write(string readme, ValuesFile values)
    {
        var start = readme.IndexOf(Start, StringComparison.Ordinal);
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"README.md has no {Start.Trim()} … {End} for the table of values.");
        return $"{readme[..(start + Start.Length)]}{Table(values)}{readme[end..]}";
    }

    private static string Table(ValuesFile values) =>
        string.Concat(["| key | default | what it is |\n|---|---|---|\n", .. values.Leaves.Select(Row)]);

    // Of the two, GFM ends the cell at the first (4.10 Tables) and drops what the second begins (6.10 Raw HTML).
    private static string Row(ValuesKey key) =>
        $"| `{key.Path}` | `{key.Default.Json}` | {key.Summary.Replace("|", "\\|").Replace("<", "\\<")} |\n";
}
