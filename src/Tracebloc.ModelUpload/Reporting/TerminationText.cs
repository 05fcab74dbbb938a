using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Reporting;

/// <summary>The texts of the termination message.</summary>
internal static class TerminationText
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// The JSON of which the registry's UI reads the three ids. An address that does not fit into the message is left
    /// out, since a part of the JSON is none.
    /// </summary>
    public static string OfSuccess(RunReport report)
    {
        var text = Write(report);
        return Encoding.UTF8.GetByteCount(text) <= TerminationMessage.MaxBytes
            ? text
            : Write(report with { Uri = null });
    }

    /// <summary><c>Unexpected error: …</c> with the reasons, one a line.</summary>
    public static string OfFailure(params IReadOnlyList<string> reasons) =>
        $"Unexpected error: {string.Join('\n', reasons)}";

    private static string Write(RunReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("intent", Word(report.Intent));
            WriteId(json, "RegisteredModel", report.RegisteredModelId);
            WriteId(json, "ModelVersion", report.ModelVersionId);
            WriteId(json, "ModelArtifact", report.ModelArtifactId);
            WriteDestination(json, report);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteId(Utf8JsonWriter json, string name, string? id)
    {
        if (id is null) return;
        json.WriteStartObject(name);
        json.WriteString("id", id);
        json.WriteEndObject();
    }

    private static void WriteDestination(Utf8JsonWriter json, RunReport report)
    {
        if (report is { Uri: null, Digest: null }) return;
        json.WriteStartObject("destination");
        if (report.Uri is { } uri) json.WriteString("uri", uri);
        if (report.Digest is { } digest) json.WriteString("digest", digest);
        json.WriteEndObject();
    }

    private static string Word(UploadIntent intent) => intent switch
    {
        UploadIntent.CreateModel => "create_model",
        UploadIntent.CreateVersion => "create_version",
        _ => "update_artifact",
    };
}
