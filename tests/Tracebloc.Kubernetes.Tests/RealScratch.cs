namespace Tracebloc.Kubernetes.Tests;

public sealed class RealKubernetesContract : KubernetesContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        await RealContractServer.ConnectAsync("/tmp/mykube/kubeconfig", cancellationToken);
}
