using System.Globalization;
using System.Text.Json;
using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Metadata;

/// <summary>
/// A JSON object of custom properties as values that the Model Registry takes. Lists and objects become their JSON
/// text, integers beyond the registry's range become doubles, and null is dropped: the registry has no such value.
/// </summary>
internal static class CustomProperties
{
    // MetadataIntValue of the registry's OpenAPI description: ^-?([1-9][0-9]{0,8}|0)$
    private const int LargestWhole = 999_999_999;

    private const string Remedy = "write a JSON object such as {\"team\": \"nlp\"}";

    public static IReadOnlyDictionary<string, PropertyValue> None { get; } =
        new Dictionary<string, PropertyValue>();

    /// <param name="json">The text of the key.</param>
    /// <param name="place">The key's path, for messages.</param>
    /// <param name="notes">Takes a sentence for each fault, and for each value that is kept in another form.</param>
    /// <returns>The properties that are usable.</returns>
    public static IReadOnlyDictionary<string, PropertyValue> Read(string json, string place, MetadataNotes notes)
    {
        if (JsonSurrogates.HasHalf(json))
        {
            notes.Errors.Add($"{place} has half a surrogate pair in it, which is no text; correct the \\u escape");
            return None;
        }
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Properties(document.RootElement, place, notes);
            notes.Errors.Add($"{place} is not a JSON object; {Remedy}");
        }
        catch (JsonException fault)
        {
            notes.Errors.Add($"{place} is not valid JSON at line {fault.LineNumber + 1}, "
                + $"byte {fault.BytePositionInLine + 1}; {Remedy}");
        }
        return None;
    }

    private static Dictionary<string, PropertyValue> Properties(JsonElement root, string place, MetadataNotes notes)
    {
        var properties = new Dictionary<string, PropertyValue>();
        foreach (var member in root.EnumerateObject())
            if (Value(member.Value, $"{place}: property \"{member.Name}\"", notes) is { } value)
                properties[member.Name] = value;
        return properties;
    }

    private static PropertyValue? Value(JsonElement value, string place, MetadataNotes notes)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return new PropertyValue.Text(value.GetString() ?? "");
            case JsonValueKind.True or JsonValueKind.False:
                return new PropertyValue.Flag(value.ValueKind == JsonValueKind.True);
            case JsonValueKind.Number:
                return Number(value.GetRawText(), place, notes);
            case JsonValueKind.Array or JsonValueKind.Object:
                notes.Warnings.Add($"{place} is {(value.ValueKind == JsonValueKind.Array ? "a list" : "an object")}, "
                    + "which the Model Registry has no type for; it is kept as JSON text");
                return new PropertyValue.Text(value.GetRawText());
            default:
                notes.Warnings.Add($"{place} is null, which the Model Registry has no type for; it is left out");
                return null;
        }
    }

    // As Python reads JSON: a number with a point or an exponent is a double, any other an integer.
    private static PropertyValue? Number(string text, string place, MetadataNotes notes)
    {
        var isWhole = !text.AsSpan().ContainsAny('.', 'e', 'E');
        if (isWhole && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && whole is >= -LargestWhole and <= LargestWhole)
            return new PropertyValue.Whole(whole);
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            notes.Errors.Add($"{place} is a number beyond the range of a double; write it as a text");
            return null;
        }
        if (isWhole)
            notes.Warnings.Add($"{place} is {text}, beyond the Model Registry's integers "
                + $"(±{LargestWhole.ToString("N0", CultureInfo.InvariantCulture)}); it is kept as a double");
        return new PropertyValue.Fraction(number);
    }
}
