using Tracebloc.Kubernetes.Tests;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>The real 1.20 does as the fake that plays it.</summary>
public sealed class RealOldServerContract : OldServerContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        RealCluster.ConnectAsync(cancellationToken);
}
