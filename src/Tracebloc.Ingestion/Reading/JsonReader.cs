namespace Tracebloc.Ingestion.Reading;

/// <summary>Reads one JSON object or an array of them, record by record.</summary>
internal sealed class JsonReader : RecordReader
{
    /// <summary>The bytes of a value, and of a record without its keys.</summary>
    public const int LongestValue = 64 << 20;

    private const int WindowBytes = 256 << 10;

    private readonly BatchPool _pool = new();
    private readonly SourceContent _content;
    private readonly JsonRecords _records;
    private byte[] _window;
    private int _begin;
    private int _end;
    private bool _isLast;
    private RecordBatch? _pending;

    private JsonReader(SourceContent content, IReadOnlyCollection<string> required, int windowBytes) =>
        (_content, _records, _window) = (content, new JsonRecords(required, _pool), new byte[windowBytes]);

    /// <inheritdoc/>
    public override RecordHeader Header => new(_content.Name, _records.Names, 0);

    /// <inheritdoc/>
    public override long BytesRead => _content.Position;

    /// <inheritdoc/>
    public override SourceMark? Mark => _content.Mark;

    /// <summary>Opens a source by reading its first record, whose keys are the columns.</summary>
    /// <param name="content">The source; disposed with the reader, and where opening fails.</param>
    /// <param name="required">The columns that no record may lack; any other is NULL where it is missing.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <param name="windowBytes">The bytes that are read at once.</param>
    /// <exception cref="ReadingException">The source holds no record that can be read.</exception>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public static async Task<JsonReader> OpenAsync(
        SourceContent content,
        IReadOnlyCollection<string> required,
        CancellationToken cancellationToken,
        int windowBytes = WindowBytes)
    {
        var reader = new JsonReader(content, required, windowBytes);
        try
        {
            reader._pending = await reader.ReadAsync(cancellationToken);
            return reader.Header.Names.Count > 0 ? reader : throw new ReadingException(
                content.Name,
                reader._pending is { Faults: [var fault, ..] } ? fault : Empty);
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<RecordBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        var batch = _pending;
        _pending = null;
        while (batch is null && !_records.IsOver)
        {
            _begin += _records.Consume(_window.AsSpan(_begin, _end - _begin), _isLast);
            batch = _records.TakeBatch();
            if (batch is null && !_isLast) await FillAsync(cancellationToken);
        }

        return batch;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _content.DisposeAsync();

    private static ReadingFault Empty => new(1, 0, 0, "holds no record; add at least one object");

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var rest = _end - _begin;
        var window = rest > _window.Length / 2 ? new byte[2 * _window.Length] : _window;
        _window.AsSpan(_begin, rest).CopyTo(window);
        (_window, _begin) = (window, 0);
        var filled = await _content.ReadAsync(window.AsMemory(rest), cancellationToken);
        (_end, _isLast) = (rest + filled, filled < window.Length - rest);
    }
}
