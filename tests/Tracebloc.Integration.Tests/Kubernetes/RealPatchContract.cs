using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Tests;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>The real API server patches as the fake does.</summary>
public class RealPatchContract : PatchContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        RealCluster.ConnectAsync(cancellationToken);
}

/// <summary>The official client finds the same.</summary>
public sealed class RealPatchOfficialContract : RealPatchContract
{
    private protected override IContractClient Open(KubernetesClientConfiguration configuration) =>
        OfficialContractClient.Open(configuration);
}
