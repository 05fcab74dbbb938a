using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>One line of a watch: <c>{"type":"ADDED","object":{…}}</c>, looked through but not yet read.</summary>
internal readonly record struct WatchFrame(string Type, ReadOnlyMemory<byte> Object, string? ResourceVersion)
{
    /// <exception cref="JsonException">The line is not such a frame.</exception>
    internal static WatchFrame Parse(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, ObjectBytes.Deep);
        string? type = null, version = null;
        var content = default(ReadOnlyMemory<byte>);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8)) ObjectBytes.Text(ref reader, ref type);
            else if (reader.ValueTextEquals("object"u8) && reader.Read())
            {
                var start = (int)reader.TokenStartIndex;
                version = Version(reader);
                reader.Skip();
                content = line[start..(int)reader.BytesConsumed];
            }
            else reader.Skip();
        }

        return type is null || content.IsEmpty
            ? throw new JsonException("a watch frame has a type and an object")
            : new WatchFrame(type, content, version);
    }

    /// <summary>The object in the beginning of a line that was cut; empty where there is none.</summary>
    internal static ReadOnlyMemory<byte> Beginning(ReadOnlyMemory<byte> line)
    {
        var reader = ObjectBytes.Begin(line.Span);
        return reader.Read() && ObjectBytes.Enter(ref reader, "object"u8) ? line[(int)reader.TokenStartIndex..] : default;
    }

    // The reader is a copy: what is read here, the caller skips.
    private static string? Version(Utf8JsonReader reader)
    {
        string? version = null;
        if (!ObjectBytes.Enter(ref reader, "metadata"u8) || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("resourceVersion"u8))
            {
                reader.Skip();
                continue;
            }

            ObjectBytes.Text(ref reader, ref version);
            break;
        }

        return version;
    }
}
