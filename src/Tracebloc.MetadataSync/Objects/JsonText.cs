using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tracebloc.MetadataSync.Objects;

/// <summary>Text and types of JSON, for any content.</summary>
internal static class JsonText
{
    /// <summary>
    /// The text that the reader stands at. Halves of surrogate pairs become U+FFFD, as the API server's own decoder
    /// makes them.
    /// </summary>
    public static string Read(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped && MayHaveHalves(reader.ValueSpan)
            ? Repaired(Encoding.UTF8.GetString(reader.ValueSpan)) : reader.GetString() ?? "";

    /// <summary>The value that the reader stands at, in a sentence: <c>an array</c>.</summary>
    public static string TypeOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "text",
    };

    // The decoder of the framework throws at them.
    private static bool MayHaveHalves(ReadOnlySpan<byte> escaped) =>
        escaped.IndexOf("\\ud"u8) >= 0 || escaped.IndexOf("\\uD"u8) >= 0;

    // The reader has checked every escape but for its halves of pairs. Encoding replaces those that are alone.
    private static string Repaired(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '\\')
            {
                text.Append(escaped[at]);
                continue;
            }

            at++;
            text.Append(escaped[at] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(
                    escaped.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var same => same,
            });
            if (escaped[at] == 'u') at += 4;
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
