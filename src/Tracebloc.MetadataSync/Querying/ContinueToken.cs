using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>
/// The place from which a list goes on, as an opaque text. It belongs to its query, and never expires: it names no
/// snapshot that the server would have to keep.
/// </summary>
internal static class ContinueToken
{
    private const string Version = "1";

    // Base64 of three texts of 255 characters of 4 bytes.
    private const int Longest = 6 * 1024;

    /// <param name="position">The last row of the page.</param>
    /// <param name="query">All that must be the same in the next request.</param>
    public static string Write(RowPosition position, IReadOnlyList<string?> query)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var part in (string[])[Version, Mark(query), position.Namespace, position.Name, position.Uid])
                writer.WriteStringValue(part);
            writer.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <exception cref="QueryException">The text is no token, or one of another query.</exception>
    public static RowPosition Read(string text, IReadOnlyList<string?> query) => Parts(text) switch
    {
        [Version, var mark, var ns, var name, var uid] when mark == Mark(query) => new RowPosition(ns, name, uid),
        [Version, _, _, _, _] => throw QueryException.BadRequest(
            "continue: the token belongs to another query; send it with the same kind, namespace, selectors and "
            + "state, or begin anew without it"),
        _ => throw QueryException.BadRequest(
            "continue: the text is no token of this server; begin anew without it"),
    };

    private static List<string> Parts(string text)
    {
        var bytes = new byte[Longest];
        if (text.Length > Longest || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var length))
            return [];
        using var document = CallerJson.Parse(bytes.AsMemory(0, length)).Document;
        return document?.RootElement is { ValueKind: JsonValueKind.Array } list
            && list.EnumerateArray().All(each => each.ValueKind == JsonValueKind.String)
                ? [.. list.EnumerateArray().Select(each => each.GetString() ?? "")]
                : [];
    }

    // A length before each part: else a comma in one would be the end of another.
    private static string Mark(IReadOnlyList<string?> query)
    {
        var text = string.Concat(query.Select(each => each is null ? "-," : $"{each.Length}:{each},"));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}
