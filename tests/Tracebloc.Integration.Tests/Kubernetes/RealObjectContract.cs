using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Tests;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>The real API server keeps the contract that the fake is held to.</summary>
public class RealObjectContract : ObjectContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        RealCluster.ConnectAsync(cancellationToken);
}

/// <summary>The official client finds the same.</summary>
public sealed class RealObjectOfficialContract : RealObjectContract
{
    private protected override IContractClient Open(KubernetesClientConfiguration configuration) =>
        OfficialContractClient.Open(configuration);
}
