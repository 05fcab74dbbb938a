using System.Text.Json;

namespace Tracebloc.Ingestor.Processors;

/// <summary>The answer of a processor to a row: a flat JSON object, or null for a row that it drops.</summary>
internal static class ProcessorAnswer
{
    /// <summary>True for <c>null</c>.</summary>
    public static bool IsDropped(ReadOnlySpan<byte> line) => line.SequenceEqual("null"u8);

    /// <returns>The fault of an answer that is no row; null where it is one.</returns>
    public static string? FaultOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "is no JSON object";
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    return "has a nested value; return text, numbers, booleans or None";
            return reader.Read() ? "is more than one JSON value" : null;
        }
        catch (JsonException)
        {
            return "is no JSON";
        }
    }
}
