namespace Tracebloc.Kubernetes.Tests;

public sealed class RealKubernetesContract : KubernetesContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        await RealContractServer.ConnectAsync("/root/.cache/tracebloc-cluster/kubeconfig", cancellationToken);
}
