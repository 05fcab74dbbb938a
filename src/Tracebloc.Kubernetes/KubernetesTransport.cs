using System.Net;
using System.Net.Security;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>Builds the connections: who is believed, which way they take, how many there are.</summary>
internal static class KubernetesTransport
{
    internal static HttpMessageInvoker Create(
        KubernetesClientConfiguration configuration,
        ServerTrust? trust,
        SslStreamCertificateContext? certificate,
        int maxConnections) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the credentials are for this server only
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = configuration.Proxy is not null, // in a pod, HTTPS_PROXY is set and knows no way back inside
            Proxy = configuration.Proxy is { } proxy ? ProxySettings.Always(proxy) : null,
            MaxConnectionsPerServer = maxConnections,
            ActivityHeadersPropagator = null,
            SslOptions = Tls(trust, certificate),
        });

    // A connection keeps the certificate that it began with, so each set of options has its own.
    private static SslClientAuthenticationOptions Tls(ServerTrust? trust, SslStreamCertificateContext? certificate) =>
        new()
        {
            ClientCertificateContext = certificate,
            CertificateChainPolicy = trust?.Options.CertificateChainPolicy,
            RemoteCertificateValidationCallback =
                trust?.Options.RemoteCertificateValidationCallback ?? ((_, _, _, _) => trust is null),
        };
}
