using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Web;

/// <summary>Joins a certificate with its private key.</summary>
internal static class ServerKey
{
    /// <exception cref="CryptographicException">There is no key that is the certificate's.</exception>
    public static X509Certificate2 Join(X509Certificate2 certificate, string pem)
    {
        using var key = Read(certificate, pem);
        var expected = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        if (!key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(expected))
            throw new CryptographicException("the key belongs to another certificate");
        return key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
    }

    private static AsymmetricAlgorithm Read(X509Certificate2 certificate, string pem)
    {
        if (!PemEncoding.TryFind(pem, out var found)) throw new CryptographicException("the key is no PEM");
        var bytes = Convert.FromBase64String(pem[found.Base64Data]);
        using var isRsa = certificate.GetRSAPublicKey();
        AsymmetricAlgorithm key = isRsa is null ? ECDsa.Create() : RSA.Create();
        switch (pem[found.Label], key)
        {
            case ("PRIVATE KEY", _):
                key.ImportPkcs8PrivateKey(bytes, out _);
                return key;
            case ("RSA PRIVATE KEY", RSA rsa):
                rsa.ImportRSAPrivateKey(bytes, out _);
                return key;
            case ("EC PRIVATE KEY", ECDsa curve):
                curve.ImportECPrivateKey(bytes, out _);
                return key;
            default:
                throw new CryptographicException($"\"{pem[found.Label]}\" is no key for this certificate");
        }
    }
}
