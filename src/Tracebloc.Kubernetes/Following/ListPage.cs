using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>A page of a list whose items stay bytes.</summary>
/// <param name="Items">The items, parts of the answer.</param>
/// <param name="ResourceVersion">The version of the list; null when it has none.</param>
/// <param name="Continue">The place of the next page; null or empty on the last one.</param>
internal sealed record ListPage(
    IReadOnlyList<ReadOnlyMemory<byte>> Items, string? ResourceVersion, string? Continue)
{
    /// <summary>The object that was too long for the client; null for none.</summary>
    internal ObjectFault? Skipped { get; init; }

    /// <summary>Objects of the page of which not even the uid is known.</summary>
    internal int Unidentified { get; init; }

    /// <exception cref="JsonException">It is no list.</exception>
    internal static ListPage Parse(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, ObjectBytes.Deep);
        List<ReadOnlyMemory<byte>>? items = null;
        string? version = null, place = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("a list is an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("items"u8)) items = Elements(ref reader, json);
            else if (reader.ValueTextEquals("metadata"u8)) Metadata(ref reader, ref version, ref place);
            else reader.Skip();
        }

        return new(items ?? throw new JsonException("a list has items"), version, place);
    }

    private static List<ReadOnlyMemory<byte>> Elements(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        List<ReadOnlyMemory<byte>> elements = [];
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return elements; // as Go writes a list without any
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("the items are no array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(json[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }

    private static void Metadata(ref Utf8JsonReader reader, ref string? version, ref string? place)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("the metadata are no object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("resourceVersion"u8)) ObjectBytes.Text(ref reader, ref version);
            else if (reader.ValueTextEquals("continue"u8)) ObjectBytes.Text(ref reader, ref place);
            else reader.Skip();
        }
    }
}
