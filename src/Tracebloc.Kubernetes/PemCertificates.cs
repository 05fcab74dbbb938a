using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Kubernetes;

/// <summary>Certificates between BEGIN and END lines; other text around them is allowed.</summary>
internal static class PemCertificates
{
    /// <exception cref="CryptographicException">There is none, or one that does not parse.</exception>
    internal static X509Certificate2Collection Parse(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates.Count > 0 ? certificates
            : throw new CryptographicException("there is no certificate in it");
    }
}
