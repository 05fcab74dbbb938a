using System.Text.Json;

namespace Tracebloc.Ingestion.Validation;

/// <summary>
/// Looks for tokens in a tokenizer.json, in one pass through a small buffer: <c>model.vocab</c> as an object or as a
/// list of pairs, and <c>added_tokens</c>.
/// </summary>
internal sealed class TokenizerVocabulary(IReadOnlyList<string> tokens)
{
    private const int BufferBytes = 64 * 1024, LongestToken = 1 << 20, MostBytes = 256 << 20;

    private readonly HashSet<string> _missing = [.. tokens];
    private readonly List<Place> _path = [];
    private Place _next;
    private bool _isFirst;

    /// <summary>The parts of the document.</summary>
    private enum Place
    {
        Elsewhere,
        Root,
        Model,
        Vocabulary,
        Pair,
        AddedTokens,
        AddedToken,
        Content,
    }

    /// <summary>The tokens that were not found, in the order asked for.</summary>
    public IReadOnlyList<string> Missing => [.. tokens.Where(_missing.Contains)];

    /// <summary>The fault of the file itself; null for none.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the file to its end.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        var state = new JsonReaderState(new() { MaxDepth = 64 });
        var (kept, total) = (0, 0L);
        for (var isLast = false; !isLast && Fault is null;)
        {
            if (kept == buffer.Length && !TryGrow(ref buffer)) return;
            var read = await file.ReadAtLeastAsync(
                buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellationToken);
            isLast = read < buffer.Length - kept;
            total += read;
            if (total > MostBytes) Fault = $"is larger than {MostBytes >> 20} MiB; is this a tokenizer?";
            var consumed = Consume(buffer.AsSpan(0, kept + read), isLast, ref state);
            kept += read - consumed;
            buffer.AsSpan(consumed, kept).CopyTo(buffer);
        }
    }

    private bool TryGrow(ref byte[] buffer)
    {
        if (buffer.Length >= LongestToken)
        {
            Fault = $"has a token of more than {LongestToken >> 20} MiB; export it again";
            return false;
        }

        Array.Resize(ref buffer, buffer.Length * 2);
        return true;
    }

    private int Consume(ReadOnlySpan<byte> json, bool isLast, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(json, isLast, state);
        while (reader.Read()) Look(ref reader);
        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Look(ref Utf8JsonReader reader)
    {
        var place = _path is [.., var last] ? last : Place.Elsewhere;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _path.Add(Enter(place));
                _isFirst = true;
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _path.RemoveAt(_path.Count - 1);
                break;
            case JsonTokenType.PropertyName:
                _next = Named(ref reader, place);
                break;
            case JsonTokenType.String:
                if (_next == Place.Content || (place == Place.Pair && _isFirst)) Find(ref reader);
                _isFirst = false;
                break;
            default:
                _isFirst = false;
                break;
        }

        if (reader.TokenType != JsonTokenType.PropertyName) _next = Place.Elsewhere;
    }

    private Place Enter(Place place) => _path.Count == 0 ? Place.Root : place switch
    {
        // [["<pad>", 0.0], …] of a unigram model, and [{"content": "[PAD]"}, …].
        Place.Vocabulary => Place.Pair,
        Place.AddedTokens => Place.AddedToken,
        _ => _next == Place.Content ? Place.Elsewhere : _next,
    };

    private Place Named(ref Utf8JsonReader reader, Place place)
    {
        switch (place)
        {
            case Place.Root when reader.ValueTextEquals("model"u8):
                return Place.Model;
            case Place.Root when reader.ValueTextEquals("added_tokens"u8):
                return Place.AddedTokens;
            case Place.Model when reader.ValueTextEquals("vocab"u8):
                return Place.Vocabulary;
            case Place.AddedToken when reader.ValueTextEquals("content"u8):
                return Place.Content;
            case Place.Vocabulary:
                Find(ref reader);
                return Place.Elsewhere;
            default:
                return Place.Elsewhere;
        }
    }

    private void Find(ref Utf8JsonReader reader)
    {
        foreach (var token in _missing)
        {
            if (!reader.ValueTextEquals(token)) continue;
            _missing.Remove(token);
            return;
        }
    }
}
