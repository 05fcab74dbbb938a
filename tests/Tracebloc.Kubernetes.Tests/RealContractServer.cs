using k8s;
using k8s.Models;
using Tracebloc.Judge;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>
/// A real server, reached through a kubeconfig that was named on purpose; the official client arranges it.
/// </summary>
public sealed class RealContractServer : ContractServer
{
    private const string Nobody = "contract-nobody";

    private RealContractServer(KubernetesClientConfiguration administrator, string token) =>
        (Administrator, Restricted) = (administrator, administrator with { Token = token, ClientCertificate = null });

    public override KubernetesClientConfiguration Administrator { get; }

    public override KubernetesClientConfiguration Restricted { get; }

    public static async Task<RealContractServer> ConnectAsync(string kubeconfig, CancellationToken cancellationToken)
    {
        var found = KubernetesClientConfiguration.FromKubeConfig(
            new KubeConfigSource([kubeconfig]) { MustExist = true });
        var ns = $"contract-{Guid.NewGuid():N}";
        using var client = await Official.OpenAsync(kubeconfig);
        await client.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new() { Name = ns } }, cancellationToken: cancellationToken);
        await client.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new() { Name = Nobody } }, ns, cancellationToken: cancellationToken);
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [], ExpirationSeconds = 3600 } };
        var answer = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            request, Nobody, ns, cancellationToken: cancellationToken);
        return new(found with { Namespace = ns }, answer.Status.Token);
    }

    public override async ValueTask DisposeAsync()
    {
        using var client = Official.Open(OfficialConfiguration.Of(Administrator));
        await client.CoreV1.DeleteNamespaceAsync(Administrator.Namespace, cancellationToken: CancellationToken.None);
    }
}
