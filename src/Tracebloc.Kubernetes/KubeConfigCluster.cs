using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>Reads a <c>cluster</c>: the address and its authorities.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#Cluster"/>
internal static class KubeConfigCluster
{
    internal static KubernetesClientConfiguration Read(KubeConfigNode cluster)
    {
        var (authorities, where) = Authorities(cluster);
        var skip = cluster["insecure-skip-tls-verify"];
        if (skip?.Flag() == true && authorities is not null)
            throw skip.Error("excludes a certificate-authority: keep one of the two");
        return new KubernetesClientConfiguration
        {
            Server = Server(cluster.Required("server")),
            CertificateAuthorities = authorities,
            CertificateAuthoritySource = where,
            SkipTlsVerify = skip?.Flag() ?? false,
            TlsServerName = cluster["tls-server-name"] is { } name ? ServerName(name) : null,
            Proxy = cluster["proxy-url"] is { } proxy ? Proxy(proxy) : null,
        };
    }

    private static Uri Server(KubeConfigNode node) =>
        Uri.TryCreate(node.Text(), UriKind.Absolute, out var server)
        && server.Scheme is "https" or "http" && server.UserInfo.Length == 0
            ? server
            : throw node.Error("is no address such as https://10.0.0.1:6443");

    // The name goes into the Host header, which takes ASCII only, and no IPv6 address without brackets.
    private static string ServerName(KubeConfigNode node) =>
        Uri.CheckHostName(node.Text()) is UriHostNameType.Dns or UriHostNameType.IPv4 && Ascii.IsValid(node.Text())
            ? node.Text()
            : throw node.Error($"'{node.Text()}' is no host name such as kubernetes.default.svc");

    // The text may hold a password, so it is not repeated.
    private static Uri Proxy(KubeConfigNode node) =>
        Uri.TryCreate(node.Text(), UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5"
            ? proxy
            : throw node.Error("is no address of a proxy such as http://proxy:3128 (http, https or socks5)");

    private static (X509Certificate2Collection?, string) Authorities(KubeConfigNode cluster)
    {
        if (cluster.OneOf("certificate-authority-data", "certificate-authority") is not { } node)
            return (null, "the system's certificate store");
        try
        {
            var isData = KubeConfigPem.IsData(node);
            var certificates = PemCertificates.Parse(KubeConfigPem.Read(node));
            return (certificates, isData ? $"{node.Field} of {node.File}" : node.FullPath());
        }
        catch (CryptographicException e)
        {
            throw node.Error($"holds no bundle of PEM certificates: {e.Message}", e);
        }
    }
}
