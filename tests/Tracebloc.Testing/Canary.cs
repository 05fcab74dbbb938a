using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Testing;

/// <summary>A secret that is made for one place, to be looked for in everything that leaves a program.</summary>
/// <param name="Place">Where it is configured, for example <c>docker-config</c>.</param>
/// <param name="Value">The secret.</param>
public sealed record Canary(string Place, string Value)
{
    private const string Marker = "canary-";

    // Base64 turns three bytes into four characters, six bits each.
    private const int BytesOfGroup = 3, BitsOfCharacter = 6, BitsOfByte = 8;

    /// <summary>Finds whichever one <see cref="New"/> has made.</summary>
    public static Canary Any { get; } = new("any place", Marker);

    /// <summary>Makes <c>canary-PLACE-</c> and 32 hexadecimal digits.</summary>
    public static Canary New(string place) =>
        new(place, $"{Marker}{place}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}");

    /// <summary>
    /// True where a text holds the secret: as it is, percent-encoded, or within Base64 of once or twice, with any text
    /// before and after it.
    /// </summary>
    public bool IsIn(string text) =>
        text.Contains(Value, StringComparison.OrdinalIgnoreCase)
        || Uri.UnescapeDataString(text).Contains(Value, StringComparison.OrdinalIgnoreCase)
        || Encoded().Any(form => text.Contains(form, StringComparison.Ordinal));

    public override string ToString() => Value;

    private IEnumerable<string> Encoded() => Base64Of(Value).SelectMany(form => (string[])
        [form, form.Replace('+', '-').Replace('/', '_'), .. Base64Of(form)]);

    /// <summary>The characters that the text alone decides, for each place that it can have in a group.</summary>
    private static IEnumerable<string> Base64Of(string text)
    {
        for (var before = 0; before < BytesOfGroup; before++)
        {
            byte[] bytes = [.. new byte[before], .. Encoding.UTF8.GetBytes(text)];
            var first = (before * BitsOfByte + BitsOfCharacter - 1) / BitsOfCharacter;
            yield return Convert.ToBase64String(bytes)[first..(bytes.Length * BitsOfByte / BitsOfCharacter)];
        }
    }
}
