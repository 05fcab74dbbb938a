using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A client of a fake API that holds <c>deployment/web</c>, and a clock that the test moves.</summary>
public abstract class ClientFixture : IAsyncLifetime
{
    private FakeKubernetesApi? _api;
    private KubernetesClient? _client;

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected ManualTimeProvider Time { get; } = new();

    private protected FakeKubernetesApi Api => _api ?? throw new InvalidOperationException("not started");

    private protected KubernetesClient Client => _client ?? throw new InvalidOperationException("not started");

    private protected KubernetesClientConfiguration Configuration => new() { Server = Api.Address, Token = Api.Token };

    public async ValueTask InitializeAsync()
    {
        _api = await FakeKubernetesApi.StartAsync(cancellationToken: Cancelled);
        _api.Add(Some.Deployment("web"));
        _client = new KubernetesClient(Configuration, Time);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        await Api.DisposeAsync();
    }

    private protected Task<JsonObject> GetAsync(KubernetesClient? client = null, string name = "web") =>
        (client ?? Client).GetAsync(
            ResourceType.Deployments, "tracebloc", name, ContractJson.Default.JsonObject, Cancelled);

    private protected Task<JsonObject> PatchAsync(KubernetesClient? client = null) =>
        (client ?? Client).PatchAsync(
            ResourceType.Deployments, "tracebloc", "web",
            V1Patch.Merge("""{"metadata":{"annotations":{"a":"b"}}}"""u8.ToArray()),
            new PatchOptions(), ContractJson.Default.JsonObject, Cancelled);

    private protected static Task<KubernetesException> FailsAsync(Task call) =>
        Assert.ThrowsAsync<KubernetesException>(() => call);

    /// <summary>Lets exactly this wait pass, as soon as the client begins it.</summary>
    private protected async Task PassAsync(TimeSpan wait)
    {
        await Time.WaitForTimerAsync(left => left == wait, Cancelled);
        Time.Advance(wait);
    }
}
