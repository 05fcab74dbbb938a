using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The fake does what the contract says of the real server.</summary>
public sealed class FakeKubernetesContract : KubernetesContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        new Fake(await FakeKubernetesApi.StartAsync(cancellationToken: cancellationToken));

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

    private sealed class Fake(FakeKubernetesApi api) : ContractServer
    {
        public override KubernetesClientConfiguration Administrator => new()
        {
            Server = api.Address,
            Token = api.Token,
            Namespace = "tracebloc",
        };

        public override KubernetesClientConfiguration Restricted
        {
            get
            {
                api.Deny("get", "deployments");
                return Administrator;
            }
        }

        public override async Task ProvokeBookmarkAsync(CancellationToken cancellationToken)
        {
            await api.WaitForCallAsync(call => call is { Verb: "watch", Status: 200 }, cancellationToken);
            api.SendBookmark();
        }

        public override void ForgetHistory() => api.ForgetHistory();

        public override ValueTask DisposeAsync() => api.DisposeAsync();
    }
}
