using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The contract of patches, run against the fake.</summary>
public class FakePatchContract : PatchContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Old, cancellationToken);
}

/// <summary>The official client finds the same in the fake, and can read all of it.</summary>
public sealed class FakePatchOfficialContract : FakePatchContract
{
    private protected override IContractClient Open(KubernetesClientConfiguration configuration) =>
        OfficialContractClient.Open(configuration);
}

/// <summary>The fake that plays the version of the servers in use.</summary>
public sealed class FakeCurrentPatchContract : FakePatchContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Current, cancellationToken);
}
