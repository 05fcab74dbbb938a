using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>Reads a list of any length as it comes, in the memory of its longest item.</summary>
/// <param name="body">The answer.</param>
/// <param name="mostBytes">The longest item.</param>
internal sealed class ListStream(Stream body, int mostBytes) : IDisposable
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start, _end;
    private JsonReaderState _state = new(ObjectBytes.Deep);
    private bool _isInItems, _hasItems, _hasEnded;

    /// <summary>The version of the list, once it is read.</summary>
    internal string? ResourceVersion { get; private set; }

    /// <summary>The list was read to its end.</summary>
    internal bool IsDone { get; private set; }

    /// <summary>Takes the next item of what was read.</summary>
    /// <param name="item">The item, valid until the next one is taken.</param>
    /// <returns>False where <see cref="FillAsync"/> must follow, or the list is done.</returns>
    /// <exception cref="JsonException">It is no list.</exception>
    internal bool TryTake(out ReadOnlyMemory<byte> item)
    {
        item = default;
        while (!IsDone && TryStep(out item))
            if (!item.IsEmpty) return true;
        return false;
    }

    /// <summary>Reads on.</summary>
    /// <returns>The number of bytes; 0 at the end of the answer.</returns>
    /// <exception cref="JsonException">The list breaks off, or an item is too long.</exception>
    internal async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        if (_hasEnded) throw new JsonException("the list breaks off");
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length) Grow();
        var read = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _hasEnded = read == 0;
        return read;
    }

    public void Dispose() => body.Dispose();

    private void Grow()
    {
        if (_buffer.Length >= mostBytes)
            throw new JsonException($"a part of the list is longer than {mostBytes} bytes");
        Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, mostBytes));
    }

    // A step that is not whole is taken again, from its beginning, once there are more bytes.
    private bool TryStep(out ReadOnlyMemory<byte> item)
    {
        item = default;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start.._end), _hasEnded, _state);
        if (!reader.Read()) return false;
        var from = _start + (int)reader.TokenStartIndex;
        var isItem = _isInItems && reader.TokenType != JsonTokenType.EndArray;
        var isWhole = isItem ? reader.TrySkip()
            : reader.TokenType == JsonTokenType.PropertyName ? TryMember(ref reader)
            : TryBound(ref reader);
        if (!isWhole) return false;
        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
        if (isItem) item = _buffer.AsMemory(from.._start);
        return true;
    }

    private bool TryMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("items"u8)) return TryItems(ref reader);
        if (!reader.ValueTextEquals("metadata"u8)) return reader.TrySkip();
        var member = reader;
        if (!reader.TrySkip()) return false;
        if (member.Read() && ObjectBytes.Enter(ref member, "resourceVersion"u8))
            ResourceVersion = ObjectBytes.TextOf(in member);
        return true;
    }

    private bool TryItems(ref Utf8JsonReader reader)
    {
        if (!reader.Read()) return false;
        _hasItems = true;
        _isInItems = reader.TokenType switch
        {
            JsonTokenType.StartArray => true,
            JsonTokenType.Null => false, // as Go writes a list without any
            _ => throw new JsonException("the items are no array"),
        };
        return true;
    }

    private bool TryBound(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndArray) _isInItems = false;
        else if (reader.TokenType == JsonTokenType.EndObject)
            IsDone = _hasItems ? true : throw new JsonException("a list has items");
        else if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("a list is an object");
        return true;
    }
}
