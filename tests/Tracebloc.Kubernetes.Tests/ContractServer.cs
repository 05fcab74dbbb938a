using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A server for one test of <see cref="KubernetesContract"/>, with a namespace of the test's own.</summary>
public abstract class ContractServer : IAsyncDisposable
{
    /// <summary>An administrator's access, in the test's namespace.</summary>
    public abstract KubernetesClientConfiguration Administrator { get; }

    /// <summary>Access that may not read Deployments.</summary>
    public abstract KubernetesClientConfiguration Restricted { get; }

    /// <summary>
    /// Makes the open watch be told a bookmark; a real server does so by itself before a watch times out.
    /// </summary>
    public virtual Task ProvokeBookmarkAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes resource version 1 one that is forgotten, where that is possible.</summary>
    public virtual void ForgetHistory() => throw new NotSupportedException();

    public abstract ValueTask DisposeAsync();
}

/// <summary>A real server, reached through a kubeconfig that was named on purpose.</summary>
public sealed class RealContractServer : ContractServer
{
    private RealContractServer(KubernetesClientConfiguration configuration) => Administrator = configuration;

    public override KubernetesClientConfiguration Administrator { get; }

    public override KubernetesClientConfiguration Restricted =>
        Administrator with { Impersonate = new Impersonation("contract-nobody") };

    public static async Task<RealContractServer> ConnectAsync(string kubeconfig, CancellationToken cancellationToken)
    {
        var found = KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([kubeconfig]) { MustExist = true });
        var server = new RealContractServer(found with { Namespace = $"contract-{Guid.NewGuid():N}" });
        using var client = new KubernetesClient(found, TimeProvider.System);
        await client.CreateAsync(ResourceType.Namespaces, null, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = server.Administrator.Namespace },
        }, new CreateOptions(), ContractJson.Default.JsonObject, cancellationToken);
        return server;
    }

    public override async ValueTask DisposeAsync()
    {
        using var client = new KubernetesClient(Administrator, TimeProvider.System);
        await client.DeleteAsync(
            ResourceType.Namespaces, null, Administrator.Namespace, new DeleteOptions(), CancellationToken.None);
    }
}
