using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Kubernetes;

/// <summary>Builds the connections: who is believed, which way they take, how many there are.</summary>
internal static class KubernetesTransport
{
    internal static HttpMessageInvoker Create(
        KubernetesClientConfiguration configuration, SslStreamCertificateContext? certificate, int maxConnections) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the credentials are for this server only
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = configuration.Proxy is not null, // in a pod, HTTPS_PROXY is set and knows no way back inside
            Proxy = Proxy(configuration.Proxy),
            MaxConnectionsPerServer = maxConnections,
            ActivityHeadersPropagator = null,
            SslOptions = Tls(configuration, certificate),
        });

    private static WebProxy? Proxy(Uri? address)
    {
        if (address is null) return null;
        var proxy = new WebProxy(address);
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            proxy.Credentials = new NetworkCredential(
                Uri.UnescapeDataString(user[0]), Uri.UnescapeDataString(user.ElementAtOrDefault(1) ?? ""));
        return proxy;
    }

    private static SslClientAuthenticationOptions Tls(
        KubernetesClientConfiguration configuration, SslStreamCertificateContext? certificate)
    {
        var options = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = certificate,
        };
        if (configuration.SkipTlsVerify)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => configuration.SkipTlsVerify;
        else if (configuration.CertificateAuthorities is { } authorities)
            Trust(options, authorities);
        return options;
    }

    private static void Trust(SslClientAuthenticationOptions options, X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        options.CertificateChainPolicy = policy;
        if (authorities.Any(static a => !a.SubjectName.RawData.AsSpan().SequenceEqual(a.IssuerName.RawData)))
            options.RemoteCertificateValidationCallback = (_, _, chain, errors) =>
                errors == SslPolicyErrors.None || EndsAtAuthority(chain, errors, authorities);
    }

    // Go, and so kubectl, trusts every certificate of the bundle, an intermediate too; .NET wants the chain to reach
    // a root.
    internal static bool EndsAtAuthority(
        X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection authorities) =>
        errors == SslPolicyErrors.RemoteCertificateChainErrors
        && chain is { ChainElements: [.., var last] }
        && chain.ChainStatus.All(static s => s.Status == X509ChainStatusFlags.PartialChain)
        && authorities.Contains(last.Certificate);
}
