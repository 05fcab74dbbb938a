using Tracebloc.Kubernetes.Tests;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>What the fake is held to, of the real API server.</summary>
public sealed class RealKubernetesContract : KubernetesContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken)
    {
        RealParts.SkipWithout(RealParts.Cluster);
        return await RealContractServer.ConnectAsync(RealParts.KubeConfig ?? "", cancellationToken);
    }
}
