using System.Runtime.CompilerServices;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Reading;

/// <summary>
/// Some consecutive records with their cells as UTF-8. The memory is used again after <see cref="Dispose"/>: no span of
/// a batch outlives it.
/// </summary>
public sealed class RecordBatch : IDisposable
{
    private const int KeptFaults = 20;

    private readonly BatchPool? _pool;
    private readonly List<ReadingFault> _faults = [];

    internal RecordBatch(BatchPool? pool = null) => _pool = pool;

    /// <summary>The number of records.</summary>
    public int Count { get; internal set; }

    /// <summary>The number of cells of each record.</summary>
    public int ColumnCount { get; internal set; }

    /// <summary>The first faults between these records; a faulty record is none of them.</summary>
    public IReadOnlyList<ReadingFault> Faults => _faults;

    /// <summary>The number of all faults between these records.</summary>
    public long FaultCount { get; private set; }

    internal byte[] Text { get; set; } = [];

    internal CellSpan[] Cells { get; set; } = [];

    internal RowMark[] Rows { get; set; } = [];

    /// <summary>The text of a cell, without quotes and escapes, untrimmed.</summary>
    /// <param name="row">Counted from 0 within the batch.</param>
    /// <param name="column">Counted from 0.</param>
    public ReadOnlySpan<byte> this[int row, int column] => CellAt(row, column).Text;

    /// <summary>A cell.</summary>
    /// <param name="row">Counted from 0 within the batch.</param>
    /// <param name="column">Counted from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cell CellAt(int row, int column)
    {
        var cell = Cells[row * ColumnCount + column];
        return new(Text.AsSpan(cell.Start, cell.Bytes), cell.WasQuoted);
    }

    /// <summary>The line of a record in the file, counted from 1.</summary>
    public long LineOf(int row) => Rows[row].Line;

    /// <summary>The bytes of the file before a record: its position, the same in every run.</summary>
    public long OffsetOf(int row) => Rows[row].Offset;

    /// <summary>The place of a cell in the file. This counts characters: it is meant for messages.</summary>
    public CellPlace PlaceOf(int row, int column)
    {
        var (start, line, _) = Rows[row];
        if (start < 0) return new(line, 0);
        var cell = Cells[row * ColumnCount + column];
        var before = Text.AsSpan(start, cell.Start - start - (cell.WasQuoted ? 1 : 0));
        return LineCount.PlaceAfter(before, line);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _pool?.Return(this);

    internal void Add(ReadingFault fault)
    {
        FaultCount++;
        // The first ones of the file, so that they do not depend on the bytes that are read at once.
        var at = _faults.Count;
        while (at > 0 && _faults[at - 1].Offset > fault.Offset) at--;
        _faults.Insert(at, fault);
        if (_faults.Count > KeptFaults) _faults.RemoveAt(KeptFaults);
    }

    internal void Clear()
    {
        (Count, ColumnCount, FaultCount) = (0, 0, 0);
        _faults.Clear();
    }
}
