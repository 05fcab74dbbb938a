using System.Security.Cryptography;

namespace Tracebloc.Signatures;

/// <summary>Bytes out of text; null when the text does not hold them.</summary>
internal static class Decoding
{
    /// <summary>From lower-case hexadecimal digits.</summary>
    public static byte[]? Hex(string? text) =>
        text is not null && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigitLower)
            ? Convert.FromHexString(text)
            : null;

    public static byte[]? Base64(string? text)
    {
        var bytes = new byte[(text?.Length ?? 0) / 4 * 3];
        return Convert.TryFromBase64String(text ?? "", bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>The first certificate of a PEM text, as DER.</summary>
    public static byte[]? Certificate(string pem) =>
        PemEncoding.TryFind(pem, out var block) && pem[block.Label] == "CERTIFICATE"
            ? Convert.FromBase64String(pem[block.Base64Data])
            : null;
}
