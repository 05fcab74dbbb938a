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

    /// <summary>
    /// The certificate that a PEM text begins with, as DER. There is no search for one: that of the framework takes the
    /// square of the text's length.
    /// </summary>
    public static byte[]? Certificate(string pem)
    {
        const string begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
        if (!pem.StartsWith(begin, StringComparison.Ordinal))
            return null;
        var length = pem.IndexOf(end, StringComparison.Ordinal) - begin.Length;
        return length > 0 ? Base64(pem.Substring(begin.Length, length)) : null;
    }
}
