using System.Globalization;

namespace Tracebloc.ModelUpload.Credentials;

/// <summary>Escapes of JSON that are no Unicode, at which the framework's readers throw.</summary>
internal static class JsonSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>True where a <c>\u</c> escape is one half of a surrogate pair, without the other.</summary>
    public static bool HasHalf(string json)
    {
        for (var at = json.IndexOf('\\', StringComparison.Ordinal); at >= 0 && at < json.Length;)
        {
            var (first, second) = (Escape(json, at), Escape(json, at + EscapeLength));
            if (first is { } high && char.IsHighSurrogate(high))
            {
                if (second is not { } low || !char.IsLowSurrogate(low)) return true;
                at += 2 * EscapeLength;
            }
            else if (first is { } other)
            {
                if (char.IsLowSurrogate(other)) return true;
                at += EscapeLength;
            }
            else
            {
                at += 2;
            }
            at = at < json.Length ? json.IndexOf('\\', at) : -1;
        }
        return false;
    }

    private static char? Escape(string json, int at) =>
        at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(
            json.AsSpan(at + 2, 4),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var unit)
            ? (char)unit
            : null;
}
