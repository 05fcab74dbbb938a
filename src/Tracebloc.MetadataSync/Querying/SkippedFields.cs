using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Leaves members out of objects; everything else stays as it is.</summary>
internal static class SkippedFields
{
    private const int MostDepth = 10_000;

    // The answer is JSON for programs, never a part of HTML.
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MostDepth,
        SkipValidation = true,
    };

    /// <summary>An object without some of its members.</summary>
    /// <param name="json">The object.</param>
    /// <param name="paths">The paths, in camelCase or snake_case; in a list, they count for each item.</param>
    public static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> json, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0) return json;
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using var writer = new Utf8JsonWriter(buffer, Plain);
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MostDepth });
        reader.Read();
        Copy(ref reader, json.Span, writer, [.. paths.Select(path => path.Split('.'))]);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void Copy(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Utf8JsonWriter writer, IReadOnlyList<string[]> paths)
    {
        if (paths.Count > 0 && reader.TokenType == JsonTokenType.StartObject)
        {
            CopyMembers(ref reader, json, writer, paths);
        }
        else if (paths.Count > 0 && reader.TokenType == JsonTokenType.StartArray)
        {
            writer.WriteStartArray();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                Copy(ref reader, json, writer, paths);
            writer.WriteEndArray();
        }
        else
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
        }
    }

    private static void CopyMembers(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Utf8JsonWriter writer, IReadOnlyList<string[]> paths)
    {
        writer.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Read(ref reader);
            var snake = SnakeCase.Of(name);
            string[][] below = [.. paths.Where(path => path[0] == name || path[0] == snake).Select(path => path[1..])];
            reader.Read();
            if (below.Any(path => path.Length == 0))
            {
                reader.Skip();
                continue;
            }

            writer.WritePropertyName(name);
            Copy(ref reader, json, writer, below);
        }

        writer.WriteEndObject();
    }
}
