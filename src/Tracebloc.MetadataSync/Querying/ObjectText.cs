using System.Buffers;
using System.Text.Json;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Stored objects as JSON.</summary>
internal static class ObjectText
{
    private const int MostDepth = 10_000;

    /// <summary>The object as the API server sent it; a row of the old layout may have its columns only.</summary>
    public static ReadOnlyMemory<byte> Json(StoredObject stored, Kind kind) =>
        stored.Json.IsEmpty ? OfColumns(stored, kind) : stored.Json;

    /// <summary>The object's metadata, as it is in the object.</summary>
    public static ReadOnlyMemory<byte> Metadata(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MostDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMetadata) return json[start..(int)reader.BytesConsumed];
        }

        return "{}"u8.ToArray();
    }

    private static ReadOnlyMemory<byte> OfColumns(StoredObject stored, Kind kind)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", kind.Type.ApiVersion);
            writer.WriteString("kind", kind.Name);
            writer.WriteStartObject("metadata");
            writer.WriteString("name", stored.Position.Name);
            if (stored.Position.Namespace.Length > 0) writer.WriteString("namespace", stored.Position.Namespace);
            writer.WriteString("uid", stored.Position.Uid);
            writer.WriteString("resourceVersion", $"{stored.Version}");
            writer.WriteString("creationTimestamp", KubernetesTime.Text(stored.CreatedAt));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
