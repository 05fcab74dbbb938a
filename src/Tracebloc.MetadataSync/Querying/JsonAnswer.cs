using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Answers that hold objects as they are: nothing of them is parsed or written anew.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static Answer Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
            write(writer);
        return new Answer(StatusCodes.Status200OK, Answer.JsonType, buffer.WrittenMemory);
    }

    /// <summary>Bytes that are JSON already.</summary>
    public static void WriteRaw(this Utf8JsonWriter writer, ReadOnlyMemory<byte> json) =>
        writer.WriteRawValue(json.Span, skipInputValidation: true);

    /// <summary>The metadata of a list.</summary>
    public static void WriteListMetadata(this Utf8JsonWriter writer, ObjectPage page)
    {
        writer.WriteStartObject("metadata");
        writer.WriteString("resourceVersion", $"{page.Version}");
        if (page.Continue is { } token) writer.WriteString("continue", token);
        if (page.Remaining is > 0 and var remaining) writer.WriteNumber("remainingItemCount", remaining);
        writer.WriteEndObject();
    }
}
