using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>The client that the programs use.</summary>
internal sealed class OwnContractClient(KubernetesClientConfiguration configuration) : IContractClient
{
    private readonly KubernetesClient _client = new(configuration, TimeProvider.System);

    public string Namespace => _client.Namespace;

    public Task<JsonObject> GetAsync(
        ResourceType type, string? ns, string name, CancellationToken cancellationToken) =>
        _client.GetAsync(type, ns, name, ContractJson.Default.JsonObject, cancellationToken);

    public Task<ResourceList<JsonObject>> ListAsync(
        ResourceType type, string? ns, ListOptions options, CancellationToken cancellationToken) =>
        _client.ListAsync(type, ns, options, ContractJson.Default.ResourceListJsonObject, cancellationToken);

    public Task<JsonObject> CreateAsync(
        ResourceType type, string? ns, JsonObject value, CreateOptions options, CancellationToken cancellationToken) =>
        _client.CreateAsync(type, ns, value, options, ContractJson.Default.JsonObject, cancellationToken);

    public Task<JsonObject> PatchAsync(
        ResourceType type, ObjectName name, V1Patch patch, PatchOptions options, CancellationToken cancellationToken) =>
        _client.PatchAsync(
            type, name.Namespace, name.Name, patch, options, ContractJson.Default.JsonObject, cancellationToken);

    public Task DeleteAsync(
        ResourceType type, ObjectName name, DeleteOptions options, CancellationToken cancellationToken) =>
        _client.DeleteAsync(type, name.Namespace, name.Name, options, cancellationToken);

    public IAsyncEnumerable<WatchEvent<JsonObject>> WatchAsync(
        ResourceType type, string? ns, WatchOptions options, CancellationToken cancellationToken) =>
        _client.WatchAsync(type, ns, options, ContractJson.Default.JsonObject, cancellationToken);

    public void Dispose() => _client.Dispose();
}
