using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Reporting;

/// <summary>
/// Masks the secrets of a run in any text: as they are, escaped for JSON or a log line, encoded for a URL, and in
/// base64, alone or within a longer text. Secrets of one or two characters stay: they are parts of any text.
/// </summary>
internal sealed class Redaction
{
    private const string Mask = "(secret)";

    private const int ShortestSecret = 3, ShortestBase64 = 8;

    // The longest first, since one form may contain another.
    private readonly IReadOnlyList<string> _forms;

    public Redaction(IEnumerable<Secret> secrets) => _forms =
    [
        .. secrets.Select(secret => secret.Reveal())
            .Where(text => text.Length >= ShortestSecret)
            .SelectMany(Forms)
            .Distinct()
            .OrderByDescending(form => form.Length),
    ];

    public string Apply(string text)
    {
        foreach (var form in _forms)
            // The hexadecimal digits of a URL are written in both cases.
            text = text.Replace(
                form, Mask, form.Contains('%') ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        return text;
    }

    private static IEnumerable<string> Forms(string secret) =>
    [
        secret,
        Escaped.Text(secret),
        JsonEncodedText.Encode(secret).Value,
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        Uri.EscapeDataString(secret),
        Uri.EscapeDataString(secret).Replace("%20", "+", StringComparison.Ordinal),
        .. InBase64(Encoding.UTF8.GetBytes(secret)),
    ];

    private static IEnumerable<string> InBase64(byte[] secret)
    {
        foreach (var form in (string[])[Convert.ToBase64String(secret), .. Within(secret)])
        {
            yield return form;
            yield return form.Replace('+', '-').Replace('/', '_');
            yield return form.TrimEnd('=');
            yield return form.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        }
    }

    // Three bytes are four characters, so a text within another is at one of three places; the characters at both ends
    // belong to its neighbours as well.
    private static IEnumerable<string> Within(byte[] secret)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. secret]).TrimEnd('=');
            var (start, end) = ((offset * 4 + 2) / 3, (offset + secret.Length) * 4 / 3);
            if (end - start >= ShortestBase64) yield return text[start..end];
        }
    }
}
