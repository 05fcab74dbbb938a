using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net;

/// <summary>A certificate of the system, imported when a chain needs it.</summary>
internal sealed class ListedCertificate(CertificateNames names, byte[] der)
{
    private readonly Lazy<X509Certificate2?> _certificate = new(() => Import(der));

    public CertificateNames Names => names;

    public ReadOnlySpan<byte> Der => der;

    /// <summary>Null when OpenSSL cannot parse it.</summary>
    public X509Certificate2? Certificate => _certificate.Value;

    private static X509Certificate2? Import(byte[] der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
