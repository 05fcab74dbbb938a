using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The fake as a server of the contract.</summary>
internal sealed class FakeContractServer(FakeKubernetesApi api) : ContractServer
{
    internal static async ValueTask<ContractServer> StartAsync(
        FakeServerVersion version, CancellationToken cancellationToken) =>
        new FakeContractServer(await FakeKubernetesApi.StartAsync(new() { Version = version }, cancellationToken));

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

    internal FakeKubernetesApi Api => api;

    public override async Task ProvokeBookmarkAsync(CancellationToken cancellationToken)
    {
        await api.WaitForCallAsync(call => call is { Verb: "watch", Status: 200 }, cancellationToken);
        api.SendBookmark();
    }

    public override void ForgetHistory() => api.ForgetHistory();

    public override ValueTask DisposeAsync() => api.DisposeAsync();
}
