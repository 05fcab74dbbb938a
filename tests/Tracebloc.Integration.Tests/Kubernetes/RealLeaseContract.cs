using Tracebloc.Kubernetes.Tests;

namespace Tracebloc.Integration.Tests.Kubernetes;

/// <summary>The real API server keeps leases as the fake does.</summary>
public sealed class RealLeaseContract : LeaseContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        RealCluster.ConnectAsync(cancellationToken);
}
