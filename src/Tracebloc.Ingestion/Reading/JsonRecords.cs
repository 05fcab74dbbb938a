using System.Text.Json;

namespace Tracebloc.Ingestion.Reading;

/// <summary>Takes records out of windows of a JSON file.</summary>
internal sealed class JsonRecords(IReadOnlyCollection<string> required, BatchPool pool)
{
    private const int BatchBytes = 512 << 10;
    private const int MostRecords = 16 << 10;
    private const string NoJson = "is no JSON from here on; correct it, and write missing values as null";
    private const string NoRecords = "holds no records; write an object or an array of objects";

    private readonly JsonRecord _record = new(required);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64 });
    private RecordBatch? _batch;
    private RecordBatchBuilder? _builder;
    private long _offset;
    private long _line = 1;
    private (long Line, long Offset) _begin;
    private long _number;
    private int _recordDepth = -1;
    private bool _isInRecord;

    /// <summary>The columns; none before the first record was read.</summary>
    public IReadOnlyList<string> Names => _record.Names;

    /// <summary>True once nothing more can be read.</summary>
    public bool IsOver { get; private set; }

    private bool IsFull => _builder is { } builder && (builder.Bytes >= BatchBytes || builder.Count >= MostRecords);

    /// <summary>Takes the records of a window, until a batch is full.</summary>
    /// <param name="data">The window.</param>
    /// <param name="isLast">True where the file ends with it.</param>
    /// <returns>The bytes taken; the rest begins the next window.</returns>
    public int Consume(ReadOnlySpan<byte> data, bool isLast)
    {
        var bom = _offset == 0 && data is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        data = data[bom..];
        _offset += bom;
        var reader = new Utf8JsonReader(data, isLast, _state);
        var counted = 0;
        try
        {
            while (!IsFull && !IsOver && reader.Read())
                Take(ref reader, data, ref counted);
            IsOver |= isLast && !IsFull;
        }
        catch (JsonException e)
        {
            Stop((e.LineNumber ?? 0) + 1, NoJson, (int)(e.BytePositionInLine ?? 0) + 1);
        }

        var used = (int)reader.BytesConsumed;
        _line += LineEnds(data, counted, used);
        if (!IsFull && !IsOver && data.Length - used > JsonReader.LongestValue)
            Stop(_line, "a value is longer than 64 MiB; shorten it");
        _state = reader.CurrentState;
        _offset += used;
        return bom + used;
    }

    /// <summary>The batch once it is full, or at the end; null where it is not, or would be empty.</summary>
    public RecordBatch? TakeBatch()
    {
        if (!IsFull && !IsOver) return null;
        var batch = _batch;
        (_batch, _builder) = (null, null);
        return batch;
    }

    private static int LineEnds(ReadOnlySpan<byte> data, int from, int to) => data[from..to].Count((byte)'\n');

    private void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref int counted)
    {
        if (_recordDepth < 0)
        {
            TakeRoot(ref reader, data, ref counted);
            return;
        }

        var depth = reader.CurrentDepth - _recordDepth;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when depth == 0:
                Begin(ref reader, data, ref counted);
                _isInRecord = true;
                break;
            case JsonTokenType.EndObject when depth == 0:
                End();
                break;
            case var _ when depth == 1 && !_isInRecord:
                break;
            case JsonTokenType.PropertyName when depth == 1:
                _record.Key(reader.ValueSpan, reader.ValueIsEscaped);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray when depth == 1:
                _record.Nested();
                break;
            case JsonTokenType.StartArray or JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True
                or JsonTokenType.False or JsonTokenType.Null when depth == 0:
                Begin(ref reader, data, ref counted);
                AddFault(_begin.Line, 0, $"record {_number} is no object; write {{…}}");
                break;
            case JsonTokenType.String when depth == 1:
                _record.Value(reader.ValueSpan, isString: true, reader.ValueIsEscaped);
                break;
            case JsonTokenType.Null when depth == 1:
                _record.Value([], isString: false, isEscaped: false);
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when depth == 1:
                _record.Value(reader.ValueSpan, isString: false, isEscaped: false);
                break;
        }
    }

    private void TakeRoot(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref int counted)
    {
        _recordDepth = reader.TokenType == JsonTokenType.StartArray ? 1 : 0;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            Begin(ref reader, data, ref counted);
            _isInRecord = true;
        }
        else if (reader.TokenType != JsonTokenType.StartArray)
        {
            Stop(_line, NoRecords);
        }
    }

    private void Begin(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref int counted)
    {
        var start = (int)reader.TokenStartIndex;
        _line += LineEnds(data, counted, start);
        counted = start;
        _begin = (_line, _offset + start);
        _number++;
        _record.Begin();
    }

    private void End()
    {
        var isWhole = _record.End();
        _isInRecord = false;
        if (!isWhole)
        {
            AddFault(_begin.Line, 0, $"record {_number} {_record.Fault}");
            return;
        }

        if (_record.Names.Count == 0) return;
        _batch ??= pool.Rent();
        _builder ??= new RecordBatchBuilder(_record.Names.Count, _batch);
        _record.AddTo(_builder);
        _builder.EndRow(_begin.Line, _begin.Offset);
    }

    private void Stop(long line, string message, int column = 0)
    {
        AddFault(line, column, message);
        IsOver = true;
    }

    private void AddFault(long line, int column, string message)
    {
        _batch ??= pool.Rent();
        _batch.Add(new(line, column, _begin.Offset, message));
    }
}
