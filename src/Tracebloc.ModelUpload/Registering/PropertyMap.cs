using System.Globalization;
using System.Text.Json;
using Tracebloc.ModelUpload.Metadata;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>
/// Custom properties as the registry's API spells them. Present ones replace the whole map, and so those of others are
/// sent back as they came.
/// </summary>
internal static class PropertyMap
{
    /// <summary>The key of the run that created an entry.</summary>
    public const string Run = "model-upload.run";

    /// <summary>The digest that an artifact's tag had when it was published.</summary>
    public const string Digest = "model-upload.digest";

    private const string TextType = "MetadataStringValue", TextMember = "string_value";

    public static string? TextOf(JsonElement? map, string name) =>
        map is { ValueKind: JsonValueKind.Object } present
        && present.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(TextMember, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    /// <summary>Writes the properties of the metadata and the program's own, which win.</summary>
    public static void Write(
        Utf8JsonWriter writer, IReadOnlyDictionary<string, PropertyValue> given, params (string, string?)[] own)
    {
        writer.WriteStartObject("customProperties");
        foreach (var (name, value) in given)
        {
            if (IsOwn(own, name))
                continue;
            writer.WriteStartObject(name);
            WriteValue(writer, value);
            writer.WriteEndObject();
        }
        WriteOwn(writer, own);
        writer.WriteEndObject();
    }

    /// <summary>Writes the present map as it came, with the program's own in it; null ones are left out.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement? present, params (string, string?)[] own)
    {
        writer.WriteStartObject("customProperties");
        if (present is { ValueKind: JsonValueKind.Object } map)
            foreach (var property in map.EnumerateObject())
            {
                if (IsOwn(own, property.Name))
                    continue;
                writer.WritePropertyName(property.Name);
                writer.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
            }
        WriteOwn(writer, own);
        writer.WriteEndObject();
    }

    private static bool IsOwn((string Name, string? Value)[] own, string name) =>
        Array.Exists(own, each => each.Name == name);

    private static void WriteOwn(Utf8JsonWriter writer, (string Name, string? Value)[] own)
    {
        foreach (var (name, value) in own)
        {
            if (value is null)
                continue;
            writer.WriteStartObject(name);
            WriteText(writer, value);
            writer.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, PropertyValue value)
    {
        switch (value)
        {
            case PropertyValue.Flag(var flag):
                writer.WriteBoolean("bool_value", flag);
                writer.WriteString("metadataType", "MetadataBoolValue");
                break;
            case PropertyValue.Whole(var whole):
                writer.WriteString("int_value", whole.ToString(CultureInfo.InvariantCulture));
                writer.WriteString("metadataType", "MetadataIntValue");
                break;
            case PropertyValue.Fraction(var fraction):
                writer.WriteNumber("double_value", fraction);
                writer.WriteString("metadataType", "MetadataDoubleValue");
                break;
            case PropertyValue.Text(var text):
                WriteText(writer, text);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteString(TextMember, text);
        writer.WriteString("metadataType", TextType);
    }
}
