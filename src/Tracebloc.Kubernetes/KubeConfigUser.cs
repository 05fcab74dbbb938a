using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>Reads a <c>user</c>: who we are.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo"/>
internal static class KubeConfigUser
{
    internal static KubernetesClientConfiguration Read(
        KubeConfigNode user, KubeConfigNode cluster, KubernetesClientConfiguration configuration)
    {
        if (user["auth-provider"] is { } provider)
            throw provider.Error("was removed from Kubernetes 1.26: use an exec plugin of the provider");
        var exec = user["exec"];
        if (exec is not null && (user["token"] ?? user["tokenFile"] ?? user["username"]) is { } other)
            throw other.Error("excludes exec: keep one of the two");
        return configuration with
        {
            ClientCertificate = KubeConfigPem.ClientCertificate(user),
            Token = user["token"] is { } token ? Token(token) : null,
            TokenFile = user["tokenFile"] is { } file ? TokenFile(file) : null,
            Username = user["username"]?.Text(),
            Password = user["password"]?.Text(),
            Exec = exec is null ? null : KubeConfigExec.Read(exec, cluster),
            Impersonate = Impersonate(user),
        };
    }

    private static string Token(KubeConfigNode node) =>
        HeaderText.IsToken(node.Text()) ? node.Text() : throw node.Error($"is no token: {HeaderText.NoToken}");

    private static string TokenFile(KubeConfigNode node) =>
        File.Exists(node.FullPath()) ? node.FullPath() : throw node.Error($"there is no file {node.FullPath()}");

    private static string? Group(KubeConfigNode groups) => groups.Items().ToList() switch
    {
        [] => null,
        [var one] => Name(one),
        _ => throw groups.Error("of more than one are not supported: keep the one that matters"),
    };

    private static Impersonation? Impersonate(KubeConfigNode user)
    {
        if (user["as-user-extra"] is { } extra) throw extra.Error(
            "is not supported: leave it out, or act as another user");
        var groups = user["as-groups"];
        if (user["as"] is not { } name) return groups is null ? null : throw groups.Error("needs 'as' beside it");
        return new(
            Name(name), user["as-uid"] is { } uid ? Name(uid) : null, groups is null ? null : Group(groups));
    }

    private static string Name(KubeConfigNode node) =>
        HeaderText.IsName(node.Text()) ? node.Text()
            : throw node.Error("cannot be asked for in a header: use printable ASCII only");
}
