using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>Certificates and keys, from a <c>…-data</c> field or the file that the field without it names.</summary>
internal static class KubeConfigPem
{
    internal static bool IsData(KubeConfigNode node) => node.Field.EndsWith("-data", StringComparison.Ordinal);

    internal static string Read(KubeConfigNode node)
    {
        try
        {
            return IsData(node) ? node.Decoded() : ConfigurationFile.Read(node.FullPath());
        }
        catch (KubernetesConfigurationException e) when (e.Line is null)
        {
            throw node.Error(e.Message, e);
        }
    }

    /// <summary>
    /// The certificate of <c>client-certificate</c> with the key of <c>client-key</c>; null when there is neither.
    /// </summary>
    internal static SslStreamCertificateContext? ClientCertificate(KubeConfigNode user)
    {
        var certificate = user.OneOf("client-certificate-data", "client-certificate");
        var key = user.OneOf("client-key-data", "client-key");
        if (certificate is null && key is null) return null;
        if (certificate is null) throw user.Error("has a client-key but no client-certificate");
        if (key is null) throw user.Error("has a client-certificate but no client-key");
        try
        {
            return Combine(Read(certificate), Read(key));
        }
        catch (CryptographicException e)
        {
            throw certificate.Error($"and {key.Field} are no PEM certificate and its key: {e.Message}", e);
        }
    }

    /// <exception cref="CryptographicException">They are not PEM, or the key is not the certificate's.</exception>
    internal static SslStreamCertificateContext Combine(string certificatePem, string keyPem)
    {
        var leaf = Load(certificatePem, keyPem);
        if (OperatingSystem.IsWindows()) // SChannel finds only keys that were stored once
            leaf = X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null);
        var others = PemCertificates.Parse(certificatePem);
        others.RemoveAt(0);
        return SslStreamCertificateContext.Create(leaf, others, offline: true);
    }

    private static X509Certificate2 Load(string certificatePem, string keyPem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificatePem, keyPem);
        }
        catch (ArgumentException other)
        {
            throw new CryptographicException(other.Message, other);
        }
    }
}
