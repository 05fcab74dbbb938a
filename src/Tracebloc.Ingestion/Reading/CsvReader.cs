using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Reads CSV with a header as UTF-8 bytes. Cells are places in the text as it was read.</summary>
internal sealed class CsvReader : RecordReader
{
    /// <summary>The bytes of a record.</summary>
    public const int LongestRecord = 64 << 20;

    /// <summary>The bytes of a record of a slice whose beginning is guessed.</summary>
    public const int LongestGuess = 1 << 20;

    private const int WindowBytes = 128 << 10;

    private readonly BatchPool _pool = new();
    private readonly SourceContent _content;
    private readonly CsvDialect _dialect;
    private readonly int _windowBytes;
    private readonly CsvRecords _records;
    private readonly SliceMarker? _marker;
    private readonly long _begin;
    private byte[] _carried = [];
    private int _carriedBytes;
    private RecordBatch? _pending;

    private CsvReader(SourceContent content, CsvOptions options, int windowBytes, CsvStart? start)
    {
        (_content, _windowBytes, _dialect) = (content, windowBytes, new CsvDialect(options));
        _records = new CsvRecords(new CsvScanner(_dialect), options, start);
        _begin = start?.Range.Begin ?? 0;
        _marker = start?.To is { } to ? new SliceMarker(_begin, to) : null;
    }

    /// <inheritdoc/>
    public override RecordHeader Header => new(_content.Name, _records.Names, _records.HeaderLine);

    /// <inheritdoc/>
    public override long BytesRead => _content.Position;

    /// <inheritdoc/>
    public override SourceMark? Mark => _marker is null ? _content.Mark : null;

    /// <inheritdoc/>
    public override FoundSlice? Found => field ??= _marker is not null && _records.IsOver ? Find(_marker) : null;

    /// <inheritdoc/>
    public override long EscapedCells => _records.Escapes;

    /// <summary>Opens a source by reading its header.</summary>
    /// <param name="content">The source; disposed with the reader, and where opening fails.</param>
    /// <param name="options">The form of the file.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <param name="windowBytes">The bytes that are read at once.</param>
    /// <exception cref="ReadingException">The source has no header, or a faulty one.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public static Task<CsvReader> OpenAsync(
        SourceContent content,
        CsvOptions options,
        CancellationToken cancellationToken,
        int windowBytes = WindowBytes) =>
        OpenAsync(new CsvReader(content, options, windowBytes, start: null), cancellationToken);

    /// <summary>Opens a part of a source, whose records are those that the whole source has there.</summary>
    /// <param name="content">The bytes from its beginning on; disposed with the reader, or with a failure.</param>
    /// <param name="options">The form of the file.</param>
    /// <param name="start">The beginning of the part, and its end.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <param name="windowBytes">The bytes that are read at once.</param>
    /// <exception cref="ReadingException">The part begins with the header, and that is faulty or absent.</exception>
    /// <exception cref="IOException">The source cannot be read, or has changed.</exception>
    public static Task<CsvReader> OpenPartAsync(
        SourceContent content,
        CsvOptions options,
        CsvStart start,
        CancellationToken cancellationToken,
        int windowBytes = WindowBytes) =>
        OpenAsync(new CsvReader(content, options, windowBytes, start), cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        var batch = _pending;
        _pending = null;
        while (batch is null && !_records.IsOver)
        {
            batch = await ScanAsync(cancellationToken);
            if (batch.Count > 0 || batch.FaultCount > 0) break;
            batch.Dispose();
            batch = null;
        }

        return batch;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _content.DisposeAsync();

    private static async Task<CsvReader> OpenAsync(CsvReader reader, CancellationToken cancellationToken)
    {
        try
        {
            // Rows behind the header are kept for the first call.
            reader._pending = await reader.ReadAsync(cancellationToken);
            var fault = reader._records.HeaderFault ?? (reader.Header.Names.Count == 0 ? Empty : null);
            return fault is null ? reader : throw new ReadingException(reader._content.Name, fault);
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    // A line end is added to a last line that has none.
    private FoundSlice Find(SliceMarker marker)
    {
        var end = Math.Min(_records.Offset, _begin + _content.Position);
        return new(_begin, end, _records.Line - 1, !_records.IsBroken, marker.End(end));
    }

    private static ReadingFault Empty => new(1, 0, 0, "is empty; the first line names the columns");

    // Reads one window, which may hold no complete record.
    private async ValueTask<RecordBatch> ScanAsync(CancellationToken cancellationToken)
    {
        var batch = _pool.Rent();
        // What was carried is the beginning of a record, and a record that is longer than a window needs a larger one.
        var length = _carriedBytes + Math.Max(_windowBytes, _carriedBytes);
        if (batch.Text.Length < length + CsvDialect.BlockBytes)
            batch.Text = new byte[Math.Max(length, 2 * _windowBytes) + CsvDialect.BlockBytes];
        _carried.AsSpan(0, _carriedBytes).CopyTo(batch.Text);
        var room = batch.Text.AsMemory(_carriedBytes, length - _carriedBytes);
        var filled = await _content.ReadAsync(room, cancellationToken);
        var isLast = filled < room.Length;
        _marker?.Add(room.Span[..filled]);
        var end = _carriedBytes + filled;
        if (isLast && end > 0 && batch.Text[end - 1] is not ((byte)'\n' or (byte)'\r')) batch.Text[end++] = (byte)'\n';
        var used = _records.Scan(batch, end, isLast);
        _carriedBytes = end - used;
        if (_carried.Length < _carriedBytes) _carried = new byte[2 * _carriedBytes];
        batch.Text.AsSpan(used, _carriedBytes).CopyTo(_carried);
        return batch;
    }
}
