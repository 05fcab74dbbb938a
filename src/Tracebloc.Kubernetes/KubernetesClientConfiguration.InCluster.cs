using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

public sealed partial record KubernetesClientConfiguration
{
    /// <summary>The folder where the kubelet mounts a pod's service account.</summary>
    public const string ServiceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The configuration of a pod for its own API server.</summary>
    /// <param name="variable">Looks up an environment variable: <c>KUBERNETES_SERVICE_HOST</c>,
    /// <c>KUBERNETES_SERVICE_PORT</c>, and <c>POD_NAMESPACE</c>, which as in client-go wins over the mounted
    /// one.</param>
    /// <param name="directory">Usually <see cref="ServiceAccountDirectory"/>.</param>
    /// <returns>Null when this is no pod: one of the two variables is not set.</returns>
    /// <exception cref="KubernetesConfigurationException">It is a pod, but its service account or its
    /// namespace is not usable.</exception>
    public static KubernetesClientConfiguration? InCluster(Func<string, string?> variable, string directory)
    {
        var (host, port) = (variable("KUBERNETES_SERVICE_HOST"), variable("KUBERNETES_SERVICE_PORT"));
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port)) return null;

        var token = Path.Combine(directory, "token");
        if (!File.Exists(token))
            throw new KubernetesConfigurationException(token, null, null,
                "the pod has no service account token: is automountServiceAccountToken false, for it or its account?");
        var authority = Path.Combine(directory, "ca.crt");
        return new KubernetesClientConfiguration
        {
            Server = Address(host, port),
            Namespace = variable("POD_NAMESPACE") is { Length: > 0 } named
                ? ValidNamespace("POD_NAMESPACE", named) : MountedNamespace(directory),
            NamesNamespace = true,
            TokenFile = token,
            CertificateAuthorities = Certificates(authority),
            CertificateAuthoritySource = authority,
        };
    }

    // net.JoinHostPort: brackets separate an IPv6 address from its port.
    private static Uri Address(string host, string port)
    {
        var name = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && Uri.TryCreate($"https://{name}:{port}", UriKind.Absolute, out var address)
            ? address
            : throw new KubernetesConfigurationException("KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT", null, null,
                $"'{host}' and '{port}' are no host and port");
    }

    private static string MountedNamespace(string directory)
    {
        var path = Path.Combine(directory, "namespace");
        var name = File.Exists(path) ? ConfigurationFile.Read(path).Trim() : "";
        return name.Length > 0 ? ValidNamespace(path, name) : "default";
    }

    private static string ValidNamespace(string path, string name) =>
        KubernetesName.IsLabel(name) ? name
            : throw new KubernetesConfigurationException(path, null, null, KubernetesName.NamespaceFault(name));

    private static X509Certificate2Collection Certificates(string path)
    {
        try
        {
            return PemCertificates.Parse(ConfigurationFile.Read(path));
        }
        catch (CryptographicException e)
        {
            throw new KubernetesConfigurationException(path, null, null,
                $"not a bundle of PEM certificates: {e.Message}", e);
        }
    }
}
