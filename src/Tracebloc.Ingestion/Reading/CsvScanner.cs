using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracebloc.Ingestion.Reading;

/// <summary>
/// Finds the cells of the record that begins in a text. Cells are places in the text; those with escapes or doubled
/// quotes are rewritten in their place once the record is complete.
/// </summary>
internal sealed class CsvScanner(CsvDialect dialect)
{
    private readonly List<int> _rewritten = [];
    private byte[] _text = [];
    private CellSpan[] _cells = [];
    private int _end;
    private bool _isLast;
    private int _block;
    private ulong _mask;
    private bool _isRewritten;
    private int _limit;

    /// <summary>The cells of all records of this text; a caller that drops a record takes its cells back.</summary>
    public int CellCount { get; set; }

    /// <summary>The cells of a record that are found; others are only counted, in <see cref="FurtherCells"/>.</summary>
    public int MostCells { get; set; } = int.MaxValue;

    /// <summary>The cells of the last record beyond <see cref="MostCells"/>.</summary>
    public int FurtherCells { get; private set; }

    /// <summary>The cells, in an array that may be longer.</summary>
    public CellSpan[] Cells => _cells;

    /// <summary>The beginning of the next record.</summary>
    public int Position { get; private set; }

    /// <summary>The line ends in the last record, its own included.</summary>
    public int LineEnds { get; private set; }

    /// <summary>Text behind a closing quote of the last record; -1 for none.</summary>
    public int StrayText { get; private set; }

    /// <summary>The quote of the last, incomplete record that is not closed; -1 for none.</summary>
    public int OpenQuote { get; private set; }

    /// <summary>The cells that a byte of escape changed.</summary>
    public long Escapes { get; private set; }

    /// <summary>Begins with a text.</summary>
    /// <param name="batch">Holds the text, followed by room for <see cref="CsvDialect.BlockBytes"/> more bytes.</param>
    /// <param name="begin">The beginning of the first record.</param>
    /// <param name="end">The end of the text.</param>
    /// <param name="isLast">True where no text follows; it ends with a line end then.</param>
    public void Begin(RecordBatch batch, int begin, int end, bool isLast)
    {
        (_text, _cells, _end, _isLast) = (batch.Text, batch.Cells, end, isLast);
        (CellCount, Position) = (0, begin);
        MoveTo(begin);
    }

    /// <summary>Scans the record at <see cref="Position"/>, and moves behind it.</summary>
    /// <returns>False where the text ends before the record does.</returns>
    public bool TryScan()
    {
        var first = CellCount;
        var (start, close) = (Position, -1);
        (LineEnds, StrayText, OpenQuote, FurtherCells, _isRewritten) = (1, -1, -1, 0, false);
        _limit = (int)Math.Min(int.MaxValue, (long)first + MostCells);
        _rewritten.Clear();
        while (TryNext(out var at))
        {
            var mark = _text[at];
            if (mark == dialect.Delimiter[0])
            {
                if (dialect.Delimiter.Length > 1 && !IsDelimiter(at)) continue;
                AddCell(start, at, close);
                (start, close) = (at + dialect.Delimiter.Length, -1);
                if (dialect.Delimiter.Length > 1) MoveTo(start);
            }
            else if (mark is (byte)'\n' or (byte)'\r')
            {
                if (!TryEndLine(at, out var next)) break;
                AddCell(start, at, close);
                Position = next;
                foreach (var cell in _rewritten) Rewrite(ref _cells[cell]);
                return true;
            }
            else if (mark == dialect.Quote)
            {
                if (at == start && !TryClose(at, out close)) break;
            }
            else if (!TryEscape(at))
            {
                break;
            }
        }

        CellCount = first;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryNext(out int at)
    {
        while (_mask == 0)
        {
            _block += CsvDialect.BlockBytes;
            if (_block >= _end)
            {
                at = _end;
                return false;
            }

            LoadMask();
        }

        at = _block + BitOperations.TrailingZeroCount(_mask);
        _mask &= _mask - 1;
        return true;
    }

    private void MoveTo(int position)
    {
        (_block, _mask) = (position, 0);
        if (position < _end) LoadMask();
    }

    private void LoadMask()
    {
        _mask = dialect.MaskOf(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_text), _block));
        if (_end - _block < CsvDialect.BlockBytes) _mask &= (1UL << (_end - _block)) - 1;
    }

    private bool IsDelimiter(int at) => _text.AsSpan(at, _end - at).StartsWith(dialect.Delimiter);

    private bool TryEndLine(int at, out int next)
    {
        next = at + 1;
        if (_text[at] == '\n') return true;
        if (next == _end) return _isLast;
        if (_text[next] == '\n') MoveTo(++next);
        return true;
    }

    private bool TryEscape(int at)
    {
        if (at + 1 >= _end) return false;
        _isRewritten = true;
        if (_text[at + 1] is (byte)'\n' or (byte)'\r') LineEnds++;
        MoveTo(at + 2);
        return true;
    }

    // Goes from the quote that opens a cell to the one that closes it.
    private bool TryClose(int open, out int close)
    {
        close = open + 1;
        while (_text.AsSpan(close, _end - close).IndexOfAny(dialect.Quote, dialect.Escape) is >= 0 and var found)
        {
            close += found;
            // The last byte may be the first of two.
            if (close + 1 == _end && !_isLast) break;
            var isDoubled = close + 1 < _end && _text[close + 1] == dialect.Quote;
            if (_text[close] == dialect.Quote && !isDoubled)
            {
                LineEnds += LineCount.EndsIn(_text.AsSpan(open, close - open));
                MoveTo(close + 1);
                return true;
            }

            _isRewritten = true;
            close = Math.Min(close + 2, _end);
        }

        OpenQuote = open;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddCell(int start, int end, int close)
    {
        if (CellCount == _limit)
        {
            FurtherCells++;
            _isRewritten = false;
            return;
        }

        if (CellCount == _cells.Length) _cells = RecordBatchBuilder.Grown(_cells, CellCount + 1);
        if (_isRewritten)
        {
            _rewritten.Add(CellCount);
            _isRewritten = false;
        }

        if (close < 0)
        {
            _cells[CellCount++] = new(start, end - start, wasQuoted: false);
            return;
        }

        if (StrayText < 0 && _text.AsSpan(close + 1, end - close - 1).ContainsAnyExcept((byte)' ', (byte)'\t'))
            StrayText = close + 1;
        _cells[CellCount++] = new(start + 1, close - start - 1, wasQuoted: true);
    }

    // The text becomes shorter by ASCII bytes. Blanks take their place, so that characters can still be counted.
    private void Rewrite(ref CellSpan cell)
    {
        var text = _text.AsSpan(cell.Start, cell.Bytes);
        var length = 0;
        var escaped = false;
        for (var i = 0; i < text.Length; i++)
        {
            var isEscape = text[i] == dialect.Escape && dialect.Escape != dialect.Quote;
            if (i + 1 < text.Length && (isEscape || (cell.WasQuoted && text[i] == dialect.Quote))) i++;
            escaped |= isEscape;
            text[length++] = text[i];
        }

        text[length..].Fill((byte)' ');
        if (escaped) Escapes++;
        cell = new(cell.Start, length, cell.WasQuoted);
    }
}
