using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>One line of a watch: <c>{"type":"ADDED","object":{…}}</c>, looked through but not yet read.</summary>
internal readonly record struct WatchFrame(string Type, ReadOnlyMemory<byte> Object, string? ResourceVersion)
{
    /// <exception cref="JsonException">The line is not such a frame.</exception>
    internal static WatchFrame Parse(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span);
        string? type = null, version = null;
        var content = default(ReadOnlyMemory<byte>);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8) && reader.Read()) type = reader.GetString();
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

    // The reader is a copy: what is read here, the caller skips.
    private static string? Version(Utf8JsonReader reader)
    {
        if (!Enter(ref reader, "metadata"u8) || !Enter(ref reader, "resourceVersion"u8)) return null;
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    /// <summary>From the start of an object to the value of one of its members.</summary>
    private static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(member)) return reader.Read();
            reader.Skip();
        }

        return false;
    }
}
