using Tracebloc.Net;

namespace Tracebloc.Cli.Terminal;

/// <summary>Rows of cells in columns that are as wide as their widest cell.</summary>
/// <param name="heads">The heads of the columns.</param>
internal sealed class TextTable(params IReadOnlyList<string> heads)
{
    private readonly List<IReadOnlyList<string>> _rows = [heads];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add([.. cells.Select(cell => Line.Of(cell))]);

    /// <summary>The lines, the heads first.</summary>
    public IEnumerable<string> Lines()
    {
        var widths = heads.Select((_, column) => _rows.Max(row => row[column].Length)).ToList();
        return _rows.Select(row => string.Join(
            "  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
