using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>Service accounts of the tests' own, with the rights that a test is about.</summary>
internal static class ServiceAccounts
{
    /// <param name="cluster">Where the account is made.</param>
    /// <param name="rules">What it may do, as the rules of a Role in JSON.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    public static async Task<string> TokenAsync(
        this RealCluster cluster, string rules, CancellationToken cancellationToken)
    {
        var name = $"test-{Guid.NewGuid():n}"[..20];
        await cluster.ApplyAsync(
            $$$"""
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "{{{name}}}"}},
              {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "{{{name}}}"},
               "rules": {{{rules}}} },
              {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "{{{name}}}"},
               "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "{{{name}}}"},
               "subjects": [
                 {"kind": "ServiceAccount", "name": "{{{name}}}", "namespace": "{{{cluster.Namespace}}}"} ]} ]}
            """,
            cancellationToken);
        // By the API itself: `kubectl create token` is younger than the kubectl that Debian has.
        using var client = await cluster.OpenAsync();
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [], ExpirationSeconds = 3600 } };
        var answer = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            request, name, cluster.Namespace, cancellationToken: cancellationToken);
        return answer.Status.Token;
    }

    /// <summary>Writes a kubeconfig by which the owner of a token reaches the same server.</summary>
    public static async Task WriteKubeConfigAsync(
        this RealCluster cluster, string file, string token, CancellationToken cancellationToken)
    {
        var view = await cluster.KubectlAsync(
            ["config", "view", "--raw", "--minify", "--output=json"], cancellationToken);
        var config = JsonNode.Parse(view)!;
        config["users"]![0]!["user"] = new JsonObject { ["token"] = token };
        await File.WriteAllTextAsync(file, config.ToJsonString(), cancellationToken);
    }
}
