using System.Text.Json;

namespace Tracebloc.Signatures;

/// <summary>Ways into JSON of several shapes; whatever is missing or of another type reads as null.</summary>
internal static class JsonPath
{
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        return element;
    }

    public static string? TextAt(this JsonElement element, params ReadOnlySpan<string> names) =>
        element.At(names) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static byte[]? BytesAt(this JsonElement element, params ReadOnlySpan<string> names) =>
        element.At(names) is { ValueKind: JsonValueKind.String } text && text.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : null;

    /// <summary>The only element of an array; null when there are none or several.</summary>
    public static JsonElement? OnlyAt(this JsonElement element, params ReadOnlySpan<string> names) =>
        element.At(names) is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 1 ? array[0] : null;
}
