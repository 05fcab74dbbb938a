using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>Reads a <c>user</c>: the credentials.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo"/>
internal static class KubeConfigUser
{
    private static readonly (string Field, string Remedy)[] NotSupported =
    [
        ("auth-provider", "was removed from Kubernetes 1.26: use an exec plugin of the provider"),
        ("username", Basic), ("password", Basic),
        ("as", Impersonation), ("as-uid", Impersonation), ("as-groups", Impersonation),
        ("as-user-extra", Impersonation),
    ];

    private static readonly string[] Credentials =
    [
        "token", "tokenFile", "client-certificate", "client-certificate-data", "client-key", "client-key-data", "exec",
    ];

    private const string Basic =
        "is not supported, Kubernetes removed it in 1.19: use a token, a client certificate or an exec plugin";

    private const string Impersonation = "is not supported: use a user that has the rights itself";

    internal static KubernetesClientConfiguration Read(
        KubeConfigNode user, KubeConfigNode cluster, KubernetesClientConfiguration configuration)
    {
        // clientcmd reads the user for TLS only (client_config.go: IsConfigTransportTLS).
        if (configuration.Server.Scheme == Uri.UriSchemeHttp) return OverPlainHttp(user, cluster, configuration);
        foreach (var (field, remedy) in NotSupported)
            if (Given(user, field) is { } given) throw given.Error(remedy);
        var certificate = KubeConfigPem.ClientCertificate(user);
        var (token, file) = (user["token"], user["tokenFile"]);
        // client-go's exec.go, UpdateTransportConfig: what stands beside exec is used, and the plugin is not run.
        var exec = certificate is null && (token ?? file) is null ? user["exec"] : null;
        return configuration with
        {
            ClientCertificate = certificate,
            Token = token is null ? null : Token(token),
            TokenFile = file is null ? null : TokenFile(file),
            Exec = exec is null ? null : KubeConfigExec.Read(exec, cluster),
        };
    }

    // On loopback this is kubectl proxy, which needs no credentials; anywhere else an s was lost.
    private static KubernetesClientConfiguration OverPlainHttp(
        KubeConfigNode user, KubeConfigNode cluster, KubernetesClientConfiguration configuration)
    {
        var given = Credentials.Concat(NotSupported.Select(one => one.Field)).Select(field => Given(user, field))
            .FirstOrDefault(found => found is not null);
        return given is null || !PlainHttp.IsExposed(configuration.Server, configuration.Proxy)
            ? configuration
            : throw cluster.Required("server").Error(
                $"plain HTTP would send {given.Field} unencrypted: use https, or a user without credentials");
    }

    private static KubeConfigNode? Given(KubeConfigNode user, string field) => user[field] switch
    {
        { IsEmpty: true } => null,
        var given => given,
    };

    private static string Token(KubeConfigNode node) =>
        HeaderText.IsToken(node.Text()) ? node.Text() : throw node.Error($"is no token: {HeaderText.NoToken}");

    private static string TokenFile(KubeConfigNode node) =>
        File.Exists(node.FullPath()) ? node.FullPath() : throw node.Error($"there is no file {node.FullPath()}");
}
