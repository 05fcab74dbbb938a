using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>Certificates between BEGIN and END lines; other text around them is allowed.</summary>
public static class PemCertificates
{
    /// <summary>Parses every certificate in the text.</summary>
    /// <exception cref="CryptographicException">There is none, or one that does not parse.</exception>
    public static X509Certificate2Collection Parse(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates.Count > 0 ? certificates
            : throw new CryptographicException("there is no certificate in it");
    }
}
