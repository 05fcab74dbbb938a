using System.Globalization;
using System.Text;
using System.Text.Json;
using Tracebloc.Configuration;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>Writes a part of a document as JSON.</summary>
internal static class NodeJson
{
    public static string Write(ConfigurationNode.Mapping mapping)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, mapping);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, ConfigurationNode node)
    {
        switch (node)
        {
            case ConfigurationNode.Mapping mapping:
                writer.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case ConfigurationNode.Sequence list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case ConfigurationNode.Scalar scalar:
                WriteScalar(writer, scalar);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, ConfigurationNode.Scalar scalar)
    {
        if (scalar.Type == ScalarType.Null) writer.WriteNullValue();
        else if (scalar.Boolean is { } flag) writer.WriteBooleanValue(flag);
        else if (scalar.Type == ScalarType.Number && long.TryParse(scalar.Text, Invariant, out var whole))
            writer.WriteNumberValue(whole);
        else if (scalar.Type == ScalarType.Number && double.TryParse(scalar.Text, Invariant, out var number)
            && double.IsFinite(number))
            writer.WriteNumberValue(number);
        // JSON has neither other bases nor infinity.
        else writer.WriteStringValue(scalar.Text);
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;
}
