using Tracebloc.Kubernetes.Tests;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>The real API server grants tokens and answers questions for rights as the fake does.</summary>
public sealed class RealAccessContract : AccessContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        RealCluster.ConnectAsync(cancellationToken);
}
