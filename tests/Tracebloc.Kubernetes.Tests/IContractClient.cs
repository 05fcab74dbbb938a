using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A client through which <see cref="KubernetesContract"/> asks: ours, or the official one.</summary>
/// <remarks>Failures are <see cref="KubernetesException"/> with code, reason and the server's message.</remarks>
internal interface IContractClient : IDisposable
{
    string Namespace { get; }

    Task<JsonObject> GetAsync(ResourceType type, string? ns, string name, CancellationToken cancellationToken);

    Task<ResourceList<JsonObject>> ListAsync(
        ResourceType type, string? ns, ListOptions options, CancellationToken cancellationToken);

    Task<JsonObject> CreateAsync(
        ResourceType type, string? ns, JsonObject value, CreateOptions options, CancellationToken cancellationToken);

    Task<JsonObject> PatchAsync(
        ResourceType type, ObjectName name, V1Patch patch, PatchOptions options, CancellationToken cancellationToken);

    Task DeleteAsync(ResourceType type, ObjectName name, DeleteOptions options, CancellationToken cancellationToken);

    IAsyncEnumerable<WatchEvent<JsonObject>> WatchAsync(
        ResourceType type, string? ns, WatchOptions options, CancellationToken cancellationToken);
}

internal sealed record ObjectName(string Namespace, string Name);
