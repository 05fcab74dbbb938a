using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>
/// The behaviour that programs rely on, of the fake here and of a real API server in the integration tests. The real
/// one may have no nodes: nothing here needs a pod to run.
/// </summary>
public abstract class KubernetesContract : IAsyncLifetime
{
    private ContractServer? _server;
    private IContractClient? _client;

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected ContractServer Server => _server ?? throw new InvalidOperationException("not connected");

    private protected IContractClient Client => _client ?? throw new InvalidOperationException("not connected");

    private protected string Ns => Client.Namespace;

    /// <summary>Reaches a server, or skips with the reason.</summary>
    protected abstract ValueTask<ContractServer> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>The client that asks; the one of the programs unless a class is about another.</summary>
    private protected virtual IContractClient Open(KubernetesClientConfiguration configuration) =>
        new OwnContractClient(configuration);

    public async ValueTask InitializeAsync()
    {
        _server = await ConnectAsync(Cancelled);
        _client = Open(_server.Administrator);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    private protected static JsonObject Deployment(string name = "web") => JsonNode.Parse($$$"""
        {
          "apiVersion": "apps/v1",
          "kind": "Deployment",
          "metadata": { "name": "{{{name}}}", "labels": { "app": "{{{name}}}", "tier": "test" },
            "annotations": { "note": "first" } },
          "spec": {
            "replicas": 1,
            "selector": { "matchLabels": { "app": "{{{name}}}" } },
            "template": {
              "metadata": { "labels": { "app": "{{{name}}}" } },
              "spec": {
                "containers": [
                  { "name": "api", "image": "registry.example.com/api:stable",
                    "env": [ { "name": "A", "value": "1" }, { "name": "B", "value": "2" } ] },
                  { "name": "side", "image": "registry.example.com/side:stable" }
                ]
              }
            }
          }
        }
        """)!.AsObject();

    private protected Task<JsonObject> CreateAsync(JsonObject deployment, string manager = "setup") =>
        Client.CreateAsync(
            ResourceType.Deployments, Ns, deployment, new CreateOptions { FieldManager = manager }, Cancelled);

    private protected Task<JsonObject> GetAsync(string name = "web") =>
        Client.GetAsync(ResourceType.Deployments, Ns, name, Cancelled);

    private protected Task<JsonObject> PatchAsync(V1Patch patch, PatchOptions? options = null) => Client.PatchAsync(
        ResourceType.Deployments, new(Ns, "web"), patch, options ?? new(), Cancelled);

    private protected Task<JsonObject> MergeAsync(string patch) => PatchAsync(V1Patch.Merge(Json(patch)));

    /// <summary>Waits until the controllers have written what a change made them write.</summary>
    private protected async Task<JsonObject> SettledAsync()
    {
        var options = new WatchOptions { FieldSelector = "metadata.name=web", Timeout = TimeSpan.FromSeconds(20) };
        var events = Client.WatchAsync(ResourceType.Deployments, Ns, options, Cancelled);
        await foreach (var change in events)
            if (change.Object is { } item && IsSettled(item)) return item;
        throw new TimeoutException("no controller looked at the Deployment within 20 s");
    }

    private protected static JsonNode Json(string text) => JsonNode.Parse(text)!;

    private protected static string? Annotation(JsonObject item, string name) =>
        (string?)item["metadata"]?["annotations"]?[name];

    private protected static string? Version(JsonObject item) => (string?)item["metadata"]?["resourceVersion"];

    private protected static long? Generation(JsonObject item) => (long?)item["metadata"]?["generation"];

    private protected static JsonObject Container(JsonObject item, string name) =>
        item["spec"]!["template"]!["spec"]!["containers"]!.AsArray()
            .Single(c => (string?)c!["name"] == name)!.AsObject();

    // Without nodes the Deployment never gets ready; the last thing its controller writes is the count of its pods.
    private static bool IsSettled(JsonObject item) =>
        (long?)item["status"]?["observedGeneration"] == Generation(item)
            && (int?)item["status"]?["updatedReplicas"] == 1
        && item["status"]?["conditions"] is JsonArray { Count: > 1 };
}
