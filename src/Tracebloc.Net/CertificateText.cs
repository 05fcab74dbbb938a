using System.Text;

namespace Tracebloc.Net;

/// <summary>
/// Tells whole certificates in PEM from what a copy left of them. A tick has no time to import them twice: this takes
/// 0.2 ms, and <c>PemEncoding</c> has to be compiled first for 7.
/// </summary>
public static class CertificateText
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    /// <returns>What is there in place of certificates; null where each of them is whole.</returns>
    public static string? FaultOf(ReadOnlySpan<byte> file)
    {
        var text = Encoding.UTF8.GetString(file).AsSpan();
        var hasOne = false;
        for (var begin = text.IndexOf(Begin); begin >= 0; begin = text.IndexOf(Begin))
        {
            var isComment = !StartsLine(text[..begin]);
            text = text[(begin + Begin.Length)..];
            if (isComment) continue;
            var end = text.IndexOf(End);
            if (end < 0 || !IsWhole(text[..end])) return "a certificate that is not whole; copy the file again";
            hasOne = true;
        }

        return hasOne ? null : $"no certificate in PEM format ({Begin})";
    }

    private static bool StartsLine(ReadOnlySpan<char> before) =>
        before[(before.LastIndexOf('\n') + 1)..].Trim("\uFEFF \t\r").IsEmpty;

    private static bool IsWhole(ReadOnlySpan<char> base64)
    {
        var der = new byte[base64.Length];
        return Convert.TryFromBase64Chars(base64, der, out var length) && IsSequence(der.AsSpan(0, length));
    }

    // X.690, 8.1: the tag of a SEQUENCE, how many bytes its length takes, its length. No certificate is so short that
    // this takes no byte of its own.
    private static bool IsSequence(ReadOnlySpan<byte> der) => der switch
    {
        [0x30, 0x81, var length, ..] => der.Length == 3 + length,
        [0x30, 0x82, var high, var low, ..] => der.Length == 4 + (high << 8) + low,
        _ => false,
    };
}
