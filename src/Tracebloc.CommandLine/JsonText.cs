using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tracebloc.CommandLine;

/// <summary>Results as JSON for standard output.</summary>
public static class JsonText
{
    /// <summary>Options of a source-generated context that leave arrows and quotes as they are, for people.</summary>
    /// <remarks>The output is never embedded in HTML, which the default encoder protects.</remarks>
    public static JsonSerializerOptions Readable(JsonSerializerOptions options) =>
        new(options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value as JSON, with a line break after it.</summary>
    public static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type) + "\n";
}
