using System.Text.Json;

namespace Tracebloc.MetadataSync.Objects;

/// <summary>
/// The copy of an object that is kept when the object leaves the cluster: without our finalizer, which is gone by then,
/// and else byte by byte the same. Its resourceVersion is the one at which it was read, and so is the row's: the
/// removal of the finalizer gives another, which is unknown when the row is written and has no other content.
/// </summary>
internal static class EvictionCopy
{
    private const int MostDepth = 10_000;

    /// <param name="json">A well-formed object.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        while (Find(json.Span) is { } cut)
            json = (byte[])[.. json.Span[..cut.Start], .. json.Span[cut.End..]];
        return json;
    }

    private static (int Start, int End)? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = Is(ref reader, "metadata");
            reader.Read();
            if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
            {
                if (InMetadata(ref reader) is { } cut) return cut;
            }
            else
            {
                reader.Skip();
            }
        }

        return null;
    }

    // The API server leaves empty lists out, so the member goes with its last entry.
    private static (int Start, int End)? InMetadata(ref Utf8JsonReader reader)
    {
        var previousEnd = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isFinalizers = Is(ref reader, "finalizers");
            reader.Read();
            if (isFinalizers && reader.TokenType == JsonTokenType.StartArray)
            {
                var (entry, hasOthers) = InFinalizers(ref reader);
                if (entry is not null) return hasOthers ? entry : Item(ref reader, previousEnd, start);
            }
            else
            {
                reader.Skip();
            }

            previousEnd = (int)reader.BytesConsumed;
        }

        return null;
    }

    private static ((int Start, int End)? Entry, bool HasOthers) InFinalizers(ref Utf8JsonReader reader)
    {
        (int Start, int End)? entry = null;
        var (hasOthers, previousEnd) = (false, -1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.String && JsonText.Read(ref reader) == Marks.Finalizer)
                entry ??= Item(ref reader, previousEnd, start);
            else
                hasOthers = true;
            reader.Skip();
            previousEnd = (int)reader.BytesConsumed;
        }

        return (entry, hasOthers);
    }

    // The item that ends where the reader stands, with the comma before it, or the one after it where it is the first.
    private static (int Start, int End) Item(ref Utf8JsonReader reader, int previousEnd, int start)
    {
        var end = (int)reader.BytesConsumed;
        if (previousEnd >= 0) return (previousEnd, end);
        var ahead = reader;
        ahead.Read();
        return ahead.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject
            ? (start, end) : (start, (int)ahead.TokenStartIndex);
    }

    private static bool Is(ref Utf8JsonReader reader, string name) => JsonText.Read(ref reader) == name;
}
