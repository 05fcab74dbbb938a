using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The fake does what the contract says of the real server.</summary>
public sealed class FakeKubernetesContract : KubernetesContract
{
    protected override async ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken) =>
        new Fake(await FakeKubernetesApi.StartAsync(cancellationToken: cancellationToken));

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

        public override bool ForgetHistory()
        {
            api.ForgetHistory();
            return true;
        }

        public override ValueTask DisposeAsync() => api.DisposeAsync();
    }
}
