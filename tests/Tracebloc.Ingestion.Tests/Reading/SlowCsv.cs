using System.Text;

namespace Tracebloc.Ingestion.Tests.Reading;

/// <summary>CSV read one character at a time by the rules of the product, to compare with.</summary>
internal sealed class SlowCsv(string text, int columns)
{
    private int _at;
    private int _line = 1;

    public List<string> Rows { get; } = [];

    public int Faults { get; private set; }

    public static SlowCsv Of(string text, int columns)
    {
        var reader = new SlowCsv(text, columns);
        while (reader._at < text.Length && reader.TryRecord())
        {
        }

        return reader;
    }

    private bool TryRecord()
    {
        var (cells, line, isStray) = (new List<string>(), _line, false);
        do
        {
            if (!TryCell(out var cell, ref isStray))
            {
                Faults++;
                return false;
            }

            cells.Add(cell);
        }
        while (Takes(','));
        EndLine();
        if (cells is [var only] && string.IsNullOrWhiteSpace(only.Replace('␊', ' ').Replace('␍', ' '))) return true;
        if (isStray || cells.Count != columns) Faults++;
        else Rows.Add($"{line}: {string.Join('|', cells)}");
        return true;
    }

    private bool TryCell(out string cell, ref bool isStray)
    {
        var value = new StringBuilder();
        cell = "";
        if (!Takes('"'))
        {
            var isWhole = TryPlain(value);
            cell = value.ToString();
            return isWhole;
        }

        while (!(Peek() == '"' && Peek(1) != '"'))
        {
            if (_at >= text.Length || !TryTake(value, isQuoted: true)) return false;
        }

        _at++;
        cell = $"«{value}»";
        var stray = _at;
        if (!TryPlain(new StringBuilder())) return false;
        isStray |= text[stray.._at].Trim(' ').Length > 0;
        return true;
    }

    private bool TryPlain(StringBuilder value)
    {
        while (_at < text.Length && Peek() is not (',' or '\n' or '\r'))
            if (!TryTake(value, isQuoted: false)) return false;
        return true;
    }

    private bool TryTake(StringBuilder value, bool isQuoted)
    {
        if (Peek() == '\\' || (isQuoted && Peek() == '"'))
        {
            // An escape that takes the last line end leaves the record open.
            if (_at + 1 >= text.Length) return false;
            if (!isQuoted && _at + 2 >= text.Length && Peek(1) is '\n' or '\r') return false;
            _at++;
        }

        if (Peek() == '\n' || (Peek() == '\r' && (Peek(1) != '\n' || !isQuoted))) _line++;
        value.Append(Peek() switch { '\n' => '␊', '\r' => '␍', var other => other });
        _at++;
        return true;
    }

    private void EndLine()
    {
        _line++;
        if (Takes('\r')) Takes('\n');
        else Takes('\n');
    }

    private bool Takes(char character)
    {
        if (Peek() != character) return false;
        _at++;
        return true;
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\uFFFF';
}
