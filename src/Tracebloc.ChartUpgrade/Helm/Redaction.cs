using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tracebloc.ChartUpgrade.Helm;

/// <summary>
/// Takes secrets out of helm's words: a value that a chart's schema refuses, or that a template chokes on, is quoted in
/// the message.
/// </summary>
internal sealed partial class Redaction
{
    private const string Mask = "***";

    // A shorter value occurs inside ordinary words, and is too short for a secret.
    private const int ShortestSecret = 4;

    private readonly IReadOnlyList<string> _secrets;

    // The longest first: one may be a part of another.
    private Redaction(IEnumerable<string> secrets) =>
        _secrets = [.. secrets.Where(secret => secret.Length > 0)
            .SelectMany(secret => (string[])[secret, JsonEncodedText.Encode(secret).ToString()])
            .Distinct().OrderByDescending(secret => secret.Length)];

    public static Redaction None { get; } = new([]);

    public static Redaction Hiding(params IEnumerable<string> secrets) => new(secrets);

    /// <summary>Hides the values of a release whose keys sound like secrets.</summary>
    public static Redaction OfValues(JsonElement values) =>
        new(SecretsIn(values, isSecret: false).Where(secret => secret.Length >= ShortestSecret));

    public string Of(string text) => _secrets.Aggregate(text, (rest, secret) => rest.Replace(secret, Mask));

    private static IEnumerable<string> SecretsIn(JsonElement value, bool isSecret) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject()
            .SelectMany(member => SecretsIn(
                member.Value, !IsName(member.Name) && (isSecret || SoundsSecret().IsMatch(member.Name)))),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => SecretsIn(item, isSecret)),
        JsonValueKind.String or JsonValueKind.Number when isSecret => [value.ToString()],
        _ => [],
    };

    // It names the place of a secret, as secretName does, and the message needs it.
    private static bool IsName(string key) =>
        key is "imagePullSecrets" || key.EndsWith("Name", StringComparison.Ordinal);

    [GeneratedRegex("passw|passphrase|secret|token|credential|api_?key|private_?key", RegexOptions.IgnoreCase)]
    private static partial Regex SoundsSecret();
}
