using System.Buffers;
using System.Text.Json;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>Bodies of requests: objects whose absent members are left out.</summary>
internal static class JsonBody
{
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> members)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return body.WrittenMemory;
    }

    public static void WriteIfGiven(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
