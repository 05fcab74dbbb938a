using Tracebloc.Net;

namespace Tracebloc.Cli.Terminal;

/// <summary>Rows of cells in columns that are as wide as their widest cell.</summary>
/// <param name="heads">The heads of the columns.</param>
internal sealed class TextTable(params IReadOnlyList<string> heads)
{
    private readonly List<IReadOnlyList<string>> _rows = [heads];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <summary>The lines, the heads first.</summary>
    public IEnumerable<string> Lines() => Of(_rows);

    /// <summary>The lines of rows that have no heads.</summary>
    /// <param name="rows">Rows of equally many cells.</param>
    public static IEnumerable<string> Of(IEnumerable<IReadOnlyList<string>> rows)
    {
        var cells = rows.Select(row => row.Select(cell => Line.Of(cell)).ToList()).ToList();
        var widths = cells is [var first, ..]
            ? first.Select((_, column) => cells.Max(row => row[column].Length)).ToList()
            : [];
        return cells.Select(row => string.Join(
            "  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
