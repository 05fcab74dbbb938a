using Tracebloc.Judge;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The fake does what the contract says of the real server.</summary>
public class FakeKubernetesContract : KubernetesContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        new FakeContractServer(await FakeKubernetesApi.StartAsync(cancellationToken: cancellationToken));

    // Here only: a real server that has just started has forgotten nothing yet, and cannot be made to.
    [Fact]
    public async Task A_watch_from_a_forgotten_version_is_told_that_it_is_gone()
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
public sealed class FakeKubernetesOfficialContract : FakeKubernetesContract
{
    private protected override IContractClient Open(KubernetesClientConfiguration configuration) =>
        new OfficialContractClient(Official.Open(OfficialConfiguration.Of(configuration)), configuration.Namespace);
}

/// <summary>The fake that plays the version of the servers in use.</summary>
public sealed class FakeCurrentKubernetesContract : FakeKubernetesContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        new FakeContractServer(await FakeKubernetesApi.StartAsync(
            new FakeKubernetesApiOptions { Version = FakeServerVersion.Current }, cancellationToken));
}
