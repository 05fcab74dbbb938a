using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The contract of objects, run against the fake.</summary>
public class FakeObjectContract : ObjectContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Old, cancellationToken);

    // Here only: a real server that has just started has forgotten nothing yet, and cannot be made to.
    [Fact]
    public async Task A_watch_from_a_forgotten_version_ends_with_410()
    {
        await CreateAsync(Deployment());
        Server.ForgetHistory();

        var error = await Assert.ThrowsAsync<KubernetesException>(async () =>
            await WatchAsync(Web with { ResourceVersion = "1" }).FirstAsync(Cancelled));

        Assert.True(error.IsGone);
        Assert.Contains("too old resource version", error.Message, StringComparison.Ordinal);
    }
}

/// <summary>The official client finds the same in the fake, and can read all of it.</summary>
public sealed class FakeObjectOfficialContract : FakeObjectContract
{
    private protected override IContractClient Open(KubernetesClientConfiguration configuration) =>
        OfficialContractClient.Open(configuration);
}

/// <summary>The fake that plays the version of the servers in use.</summary>
public sealed class FakeCurrentObjectContract : FakeObjectContract
{
    protected override ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        FakeContractServer.StartAsync(FakeServerVersion.Current, cancellationToken);
}
