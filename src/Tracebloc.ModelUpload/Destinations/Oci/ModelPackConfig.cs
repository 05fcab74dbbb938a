using System.Buffers;
using System.Text.Json;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>The configuration of a ModelPack: its files' digests, and nothing that a file would have to be read for.
/// </summary>
/// <seealso href="https://github.com/modelpack/model-spec/blob/main/docs/config.md"/>
internal static class ModelPackConfig
{
    public static byte[] Of(IReadOnlyList<PushedLayer> layers)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartObject("descriptor");
            json.WriteEndObject();
            json.WriteStartObject("config");
            json.WriteEndObject();
            json.WriteStartObject("modelfs");
            json.WriteString("type", "layers");
            json.WriteStartArray("diffIds");
            foreach (var layer in layers)
                json.WriteStringValue(layer.Digest.ToString());
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }
}
