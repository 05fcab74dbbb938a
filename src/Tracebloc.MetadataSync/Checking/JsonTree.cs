using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>A JSON value without its spelling. Of members that occur twice the last counts, as for MySQL.</summary>
internal sealed class JsonTree
{
    private const int MostDepth = 10_000;

    private JsonTree(JsonTokenType type, string text = "") => (Type, Text) = (type, text);

    public JsonTokenType Type { get; }

    /// <summary>The text of a string without its escapes, or the digits of a number; empty elsewhere.</summary>
    public string Text { get; }

    /// <summary>The members of an object, and of nothing else.</summary>
    public Dictionary<string, JsonTree> Members { get; } = [];

    /// <summary>The entries of an array, and of nothing else.</summary>
    public List<JsonTree> Items { get; } = [];

    /// <summary>Reads a value; null where it is malformed, or too deep for this program's stack.</summary>
    public static JsonTree? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostDepth });
        try
        {
            return reader.Read() ? Value(ref reader) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private static JsonTree Value(ref Utf8JsonReader reader)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new JsonTree(JsonTokenType.StartObject);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = JsonText.Read(ref reader);
                    reader.Read();
                    members.Members[name] = Value(ref reader);
                }

                return members;
            case JsonTokenType.StartArray:
                var items = new JsonTree(JsonTokenType.StartArray);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Items.Add(Value(ref reader));
                return items;
            case JsonTokenType.String:
                return new JsonTree(JsonTokenType.String, JsonText.Read(ref reader));
            case JsonTokenType.Number:
                return new JsonTree(JsonTokenType.Number, Encoding.UTF8.GetString(reader.ValueSpan));
            default:
                return new JsonTree(reader.TokenType);
        }
    }
}
