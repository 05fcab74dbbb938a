using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tracebloc.Net;

/// <summary>Certificates between BEGIN and END lines; other text around them is allowed.</summary>
public static class PemCertificates
{
    /// <summary>Parses every certificate in the text.</summary>
    /// <exception cref="CryptographicException">
    /// There is none, or one that is not whole; the message continues "the file holds".
    /// </exception>
    public static X509Certificate2Collection Parse(string pem) => Parse(Encoding.UTF8.GetBytes(pem));

    /// <inheritdoc cref="Parse(string)"/>
    public static X509Certificate2Collection Parse(ReadOnlySpan<byte> pem)
    {
        var certificates = new X509Certificate2Collection();
        var reader = new PemReader(pem);
        while (reader.Read())
            certificates.Add(Load(reader.Der));
        return certificates.Count > 0 ? certificates
            : throw new CryptographicException("no certificate in PEM format (-----BEGIN CERTIFICATE-----)");
    }

    /// <summary>The reason why a file holds no usable certificates; null when each of them is whole.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> file)
    {
        try
        {
            foreach (var certificate in Parse(file))
                certificate.Dispose();
            return null;
        }
        catch (CryptographicException fault)
        {
            return fault.Message;
        }
    }

    private static X509Certificate2 Load(byte[]? der)
    {
        const string notWhole = "an incomplete certificate; copy the file again";
        try
        {
            return der is null
                ? throw new CryptographicException(notWhole)
                : X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException fault)
        {
            throw new CryptographicException(notWhole, fault);
        }
    }
}
