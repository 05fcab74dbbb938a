using System.Text.RegularExpressions;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Page;

/// <summary>The rows of a table of docs/cli.md, without its head.</summary>
internal static partial class PageTable
{
    public static IReadOnlyList<IReadOnlyList<string>> Rows(string part) =>
    [
        .. MarkedPage.CommandLine.Part(part).Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToList()),
    ];

    /// <summary>The words of a cell that are written as code, such as <c>`run`</c>.</summary>
    public static IReadOnlyList<string> Code(string cell) =>
        [.. Quoted().Matches(cell).Select(word => word.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
