using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tracebloc.Net;

/// <summary>Finds certificates in PEM that a copy has truncated, which an import would pass over.</summary>
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
        if (!Convert.TryFromBase64Chars(base64, der, out var length)) return false;
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der.AsSpan(0, length));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
