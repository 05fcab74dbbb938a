using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The fake as a server of the contract.</summary>
internal sealed class FakeContractServer(FakeKubernetesApi api) : ContractServer
{
    internal static async ValueTask<ContractServer> StartAsync(
        FakeServerVersion version, CancellationToken cancellationToken) =>
        new FakeContractServer(await FakeKubernetesApi.StartAsync(
            new()
            {
                Version = version,
                Types = [.. FakeResourceType.Known, Widgets.Fake],
                Definitions = new(Widgets.Fake),
            },
            cancellationToken));

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

    public override Task InstallWidgetsAsync(CancellationToken cancellationToken)
    {
        api.Install(Widgets.Fake);
        return Task.CompletedTask;
    }

    public override Task UninstallWidgetsAsync(CancellationToken cancellationToken)
    {
        api.Uninstall(Widgets.Fake);
        return Task.CompletedTask;
    }

    public override void ForgetHistory() => api.ForgetHistory();

    public override ValueTask DisposeAsync() => api.DisposeAsync();
}
