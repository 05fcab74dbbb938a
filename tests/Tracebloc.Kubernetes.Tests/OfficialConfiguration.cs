using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The same way to a server for the official client.</summary>
internal static class OfficialConfiguration
{
    internal static k8s.KubernetesClientConfiguration Of(KubernetesClientConfiguration configuration)
    {
        var certificate = configuration.ClientCertificate?.TargetCertificate;
        return new k8s.KubernetesClientConfiguration
        {
            Host = configuration.Server.AbsoluteUri,
            Namespace = configuration.Namespace,
            AccessToken = configuration.Token,
            SslCaCerts = configuration.CertificateAuthorities,
            SkipTlsVerify = configuration.SkipTlsVerify,
            UserAgent = "tracebloc",
            ClientCertificateData = certificate is null ? null : Base64(certificate.ExportCertificatePem()),
            ClientCertificateKeyData = certificate is null ? null : Base64(KeyOf(certificate)),
        };
    }

    private static string KeyOf(X509Certificate2 certificate) =>
        certificate.GetECDsaPrivateKey()?.ExportPkcs8PrivateKeyPem()
        ?? certificate.GetRSAPrivateKey()?.ExportPkcs8PrivateKeyPem()
        ?? throw new ArgumentException("the certificate has no key");

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
