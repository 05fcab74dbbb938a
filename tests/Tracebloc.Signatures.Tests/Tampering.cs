using System.Text.Json.Nodes;

namespace Tracebloc.Signatures.Tests;

/// <summary>Changes one value of a JSON document, wherever it is.</summary>
internal static class Tampering
{
    /// <summary>The paths of all strings and numbers, as JSON path has them.</summary>
    public static IEnumerable<string> PathsIn(JsonNode? node) => Values(node).Select(value => value.GetPath());

    /// <summary>A copy with another value at the path: a number one higher, bytes with one bit flipped.</summary>
    public static JsonObject With(JsonObject document, string path, int? bit = null)
    {
        var copy = document.DeepClone().AsObject();
        var value = ValueAt(copy, path);
        var text = value.GetValue<string>();
        var other = long.TryParse(text, out var number) ? $"{number + 1}"
            : BytesOf(text) is { } bytes ? Convert.ToBase64String(Flip(bytes, bit ?? bytes.Length * 4))
            : Change(text);
        if (value.Parent is JsonArray array)
            array[value.GetElementIndex()] = other;
        else if (value.Parent is JsonObject parent)
            parent[value.GetPropertyName()] = other;
        return copy;
    }

    public static JsonValue ValueAt(JsonObject document, string path) =>
        Values(document).Single(candidate => candidate.GetPath() == path);

    /// <summary>The bytes behind base64 that is too long to be a word.</summary>
    public static byte[]? BytesOf(string text)
    {
        var bytes = new byte[text.Length];
        return text.Length >= 32 && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    public static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    /// <summary>Another letter in the middle.</summary>
    public static string Change(string text) =>
        $"{text[..(text.Length / 2)]}{(text[text.Length / 2] == 'x' ? 'y' : 'x')}{text[((text.Length / 2) + 1)..]}";

    private static IEnumerable<JsonValue> Values(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Values(member.Value)),
        JsonArray elements => elements.SelectMany(Values),
        JsonValue value => [value],
        _ => [],
    };
}
