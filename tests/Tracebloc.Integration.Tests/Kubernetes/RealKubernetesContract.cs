using Tracebloc.Judge;
using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Tests;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>The real API server keeps the contract that the fake is held to.</summary>
public class RealKubernetesContract : KubernetesContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken)
    {
        RealParts.SkipWithout(RealParts.Cluster);
        return await RealContractServer.ConnectAsync(RealParts.KubeConfig ?? "", cancellationToken);
    }
}

/// <summary>The official client finds the same.</summary>
public sealed class RealKubernetesOfficialContract : RealKubernetesContract
{
    private protected override IContractClient Open(KubernetesClientConfiguration configuration) =>
        new OfficialContractClient(Official.Open(OfficialConfiguration.Of(configuration)), configuration.Namespace);
}

/// <summary>The real 1.20 does as the fake that plays it.</summary>
public sealed class RealOldServerContract : OldServerContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken)
    {
        RealParts.SkipWithout(RealParts.Cluster);
        return await RealContractServer.ConnectAsync(RealParts.KubeConfig ?? "", cancellationToken);
    }
}
