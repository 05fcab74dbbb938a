using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tracebloc.Signatures.Tuf;

/// <summary>
/// The form of JSON that TUF signs (OLPC canonical JSON): members by name, no white space, only quotes and backslashes
/// escaped, whole numbers only.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The form of a value; null where it has none, such as a fraction.</summary>
    public static byte[]? Of(JsonElement element)
    {
        var bytes = new ArrayBufferWriter<byte>();
        return TryWrite(element, bytes) ? bytes.WrittenSpan.ToArray() : null;
    }

    private static bool TryWrite(JsonElement element, ArrayBufferWriter<byte> bytes)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return TryWriteMembers(element, bytes);
            case JsonValueKind.Array:
                return TryWriteElements(element, bytes);
            case JsonValueKind.String:
                Write(bytes, element.GetString() ?? "");
                return true;
            case JsonValueKind.Number when element.TryGetInt64(out _) && element.GetRawText() is var number
                && number.All(letter => char.IsAsciiDigit(letter) || letter == '-'):
                bytes.Write(Encoding.UTF8.GetBytes(number));
                return true;
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                bytes.Write(Encoding.UTF8.GetBytes(element.GetRawText()));
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteMembers(JsonElement element, ArrayBufferWriter<byte> bytes)
    {
        var members = element.EnumerateObject().ToList();
        members.Sort((left, right) => Encoding.UTF8.GetBytes(left.Name).AsSpan()
            .SequenceCompareTo(Encoding.UTF8.GetBytes(right.Name)));
        bytes.Write("{"u8);
        foreach (var (index, member) in members.Index())
        {
            if (index > 0)
                bytes.Write(","u8);
            Write(bytes, member.Name);
            bytes.Write(":"u8);
            if (!TryWrite(member.Value, bytes))
                return false;
        }

        bytes.Write("}"u8);
        return true;
    }

    private static bool TryWriteElements(JsonElement element, ArrayBufferWriter<byte> bytes)
    {
        bytes.Write("["u8);
        foreach (var (index, each) in element.EnumerateArray().Index())
        {
            if (index > 0)
                bytes.Write(","u8);
            if (!TryWrite(each, bytes))
                return false;
        }

        bytes.Write("]"u8);
        return true;
    }

    private static void Write(ArrayBufferWriter<byte> bytes, string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        bytes.Write(Encoding.UTF8.GetBytes($"\"{escaped}\""));
    }
}
