using System.Text;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Takes records out of windows of a CSV file: the header first, then rows, each judged against it.</summary>
/// <param name="scanner">Finds the cells.</param>
/// <param name="options">The form of the file.</param>
/// <param name="start">The beginning of a part or a slice; null: the file is read from its header on.</param>
internal sealed class CsvRecords(CsvScanner scanner, CsvOptions options, CsvStart? start = null)
{
    /// <summary>The columns of a file, whatever a table takes of them.</summary>
    public const int MostColumns = 100_000;

    private readonly long _to = start?.To ?? long.MaxValue;
    private readonly int _longest = start?.LongestRecord ?? CsvReader.LongestRecord;

    private long _line = start?.Range.Line ?? 1;
    private long _offset = start?.Range.Begin ?? 0;

    /// <summary>The names of the header; none before it was read.</summary>
    public IReadOnlyList<string> Names { get; private set; } = start?.Header?.Names ?? [];

    /// <summary>The line of the header.</summary>
    public long HeaderLine { get; private set; } = start?.Header?.Line ?? 0;

    /// <summary>The fault of the header; null for none.</summary>
    public ReadingFault? HeaderFault { get; private set; }

    /// <summary>True once nothing more can be read.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True where reading broke off before the end.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The bytes of the file before the next record.</summary>
    public long Offset => _offset;

    /// <summary>The line of the next record.</summary>
    public long Line => _line;

    /// <summary>The cells that the escape character changed.</summary>
    public long Escapes => scanner.Escapes;

    /// <summary>Takes the complete records of a window.</summary>
    /// <param name="batch">Holds the window, and takes its rows and faults.</param>
    /// <param name="end">The end of the window in the batch's text.</param>
    /// <param name="isLast">True where the file ends with it.</param>
    /// <returns>The bytes that the records take; the rest begins the next window.</returns>
    public int Scan(RecordBatch batch, int end, bool isLast)
    {
        var text = batch.Text.AsSpan(0, end);
        batch.ColumnCount = Names.Count;
        scanner.MostCells = Names.Count > 0 ? Names.Count + 1 : MostColumns;
        scanner.Begin(batch, _offset == 0 ? BeginOf(text) : 0, end, isLast);
        while (!IsOver && scanner.Position < end && TryTake(batch))
            IsOver |= Names.Count > 0 && _offset + scanner.Position >= _to;
        batch.Cells = scanner.Cells;
        var used = scanner.Position;
        if (!IsOver && (isLast ? used < end : end - used > _longest)) AddUnended(batch, text, used);
        EncodingCheck.DropFaulty(batch);
        _offset += used;
        IsOver |= isLast;
        return used;
    }

    private int BeginOf(ReadOnlySpan<byte> text)
    {
        if (text is [0xEF, 0xBB, 0xBF, ..]) return 3;
        if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            EndAtHeader(new(1, 1, 0, "is UTF-16; save the file as UTF-8"));
        return 0;
    }

    private bool TryTake(RecordBatch batch)
    {
        var (start, first, line) = (scanner.Position, scanner.CellCount, _line);
        if (!scanner.TryScan()) return false;
        var count = scanner.CellCount - first;
        _line += scanner.LineEnds;
        if (count == 1 && IsBlank(batch, scanner.Cells[first]))
        {
            scanner.CellCount = first;
        }
        else if (Names.Count == 0)
        {
            TakeHeader(batch, start, line);
            scanner.CellCount = first;
        }
        else if (count == Names.Count && scanner.StrayText < 0)
        {
            if (batch.Count == batch.Rows.Length)
                batch.Rows = RecordBatchBuilder.Grown(batch.Rows, batch.Count + 1);
            batch.Rows[batch.Count++] = new(start, line, _offset + start);
        }
        else
        {
            AddFault(batch, start, line, first);
            scanner.CellCount = first;
        }

        return true;
    }

    // As pandas does, lines without anything in them are passed over, also in a file of one column.
    private static bool IsBlank(RecordBatch batch, CellSpan cell) =>
        !cell.WasQuoted && Blanks.Trim(batch.Text.AsSpan(cell.Start, cell.Bytes)).IsEmpty;

    private void TakeHeader(RecordBatch batch, int start, long line)
    {
        var record = batch.Text.AsSpan(start, scanner.Position - start);
        HeaderLine = line;
        if (EncodingCheck.FaultIn(record, line, _offset + start) is { } fault)
        {
            EndAtHeader(fault);
            return;
        }

        if (scanner.FurtherCells > 0)
        {
            EndAtHeader(new(line, 0, _offset + start, $"has more than {MostColumns:N0} columns; remove some"));
            return;
        }

        var names = new List<string>();
        var places = new Dictionary<string, int>();
        for (var i = 0; i < scanner.CellCount; i++)
        {
            var cell = scanner.Cells[i];
            var text = Blanks.Trim(batch.Text.AsSpan(cell.Start, cell.Bytes));
            var name = text.IsEmpty ? $"Unnamed: {i}" : Encoding.UTF8.GetString(text);
            if (!places.TryAdd(name, i + 1))
            {
                var place = LineCount.PlaceAfter(record[..(cell.Start - start)], line);
                EndAtHeader(new(place.Line, place.Column, _offset + cell.Start,
                    $"column {i + 1} is named \"{name}\" as column {places[name]} is; rename one of them"));
                return;
            }

            names.Add(name);
        }

        (Names, batch.ColumnCount, scanner.MostCells) = (names, names.Count, names.Count + 1);
    }

    private void EndAtHeader(ReadingFault fault) => (HeaderFault, IsOver, IsBroken) = (fault, true, true);

    private void AddFault(RecordBatch batch, int start, long line, int first)
    {
        var count = scanner.CellCount - first + scanner.FurtherCells;
        var at = scanner.StrayText >= 0 ? scanner.StrayText
            : count > Names.Count ? scanner.Cells[first + Names.Count].Start
            : start + batch.Text.AsSpan(start, scanner.Position - start).TrimEnd("\r\n"u8).Length;
        var place = LineCount.PlaceAfter(batch.Text.AsSpan(start, Math.Max(0, at - start)), line);
        var message = scanner.StrayText >= 0
            ? $"text follows a closing {options.Quote}; double each {options.Quote} inside a quoted value"
            : $"has {count} {(count == 1 ? "value" : "values")}, the header has {Names.Count}; "
                + (count > Names.Count
                    ? $"put values that contain {options.Delimiter} in quotes"
                    : "leave a missing value empty between its delimiters");
        batch.Add(new(place.Line, place.Column, _offset + at, message));
    }

    private void AddUnended(RecordBatch batch, ReadOnlySpan<byte> text, int start)
    {
        var isOpen = scanner.OpenQuote >= 0;
        var at = isOpen ? scanner.OpenQuote : start;
        var place = LineCount.PlaceAfter(text[start..at], _line);
        var message = isOpen ? $"the {options.Quote} that opens here is never closed; close it, or double it"
            : text.Length - start > _longest
                ? "the record that begins here is longer than 64 MiB; split it"
            : $"the file ends with {options.Escape}, which takes the end of the record away; remove it";
        var fault = new ReadingFault(place.Line, place.Column, _offset + at, message);
        if (Names.Count == 0) EndAtHeader(fault);
        else batch.Add(fault);
        (IsOver, IsBroken) = (true, true);
    }
}
