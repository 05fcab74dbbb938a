namespace Tracebloc.Ingestion.Reading;

/// <summary>Makes a batch out of cells that are no part of a file's text: those of JSON.</summary>
internal sealed class RecordBatchBuilder
{
    private const int FirstCapacity = 4096;

    private readonly RecordBatch _batch;
    private int _used;
    private int _cells;

    /// <summary>Begins a batch.</summary>
    /// <param name="columns">The number of cells of each record.</param>
    /// <param name="batch">Takes the cells, and is empty; null for a new one.</param>
    public RecordBatchBuilder(int columns, RecordBatch? batch = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        _batch = batch ?? new RecordBatch();
        _batch.ColumnCount = columns;
    }

    /// <summary>The number of complete records.</summary>
    public int Count => _batch.Count;

    /// <summary>The bytes of all cells so far.</summary>
    public int Bytes => _used;

    /// <summary>Adds the next cell of the record.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="wasQuoted">True where it stood in quotes.</param>
    public void Add(ReadOnlySpan<byte> text, bool wasQuoted = false)
    {
        if (_batch.Text.Length - _used < text.Length)
            _batch.Text = Grown(_batch.Text, checked(_used + text.Length));
        if (_cells == _batch.Cells.Length) _batch.Cells = Grown(_batch.Cells, _cells + 1);
        text.CopyTo(_batch.Text.AsSpan(_used));
        _batch.Cells[_cells++] = new(_used, text.Length, wasQuoted);
        _used += text.Length;
    }

    /// <summary>Ends a record.</summary>
    /// <param name="line">Its line in the file, counted from 1.</param>
    /// <param name="offset">The bytes of the file before it.</param>
    /// <exception cref="ArgumentException">The record has another number of cells.</exception>
    public void EndRow(long line, long offset)
    {
        if (_cells != (_batch.Count + 1) * _batch.ColumnCount)
            throw new ArgumentException($"The record has no {_batch.ColumnCount} cells.", nameof(line));
        if (_batch.Count == _batch.Rows.Length) _batch.Rows = Grown(_batch.Rows, _batch.Count + 1);
        _batch.Rows[_batch.Count++] = new(-1, line, offset);
    }

    /// <summary>The batch, complete.</summary>
    public RecordBatch Build() => _batch;

    public static T[] Grown<T>(T[] array, int least)
    {
        var doubled = (int)Math.Min(2L * array.Length, Array.MaxLength);
        Array.Resize(ref array, Math.Max(Math.Max(least, FirstCapacity), doubled));
        return array;
    }
}
