using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Objects of a kind of a real API server, by the official client.</summary>
internal sealed class Gadgets : IDisposable
{
    private readonly IKubernetes _client;
    private readonly string _namespace;

    private Gadgets(IKubernetes client, string ns) => (_client, _namespace) = (client, ns);

    /// <summary>A kind of a group that no other test has: the program follows a kind in all namespaces.</summary>
    public Kind Kind { get; } = new("Gadget", "gadgets", $"g{Guid.NewGuid():n}"[..12] + ".example", "v1")
    {
        Columns = [new("colour", "spec.colour") { Length = 10 }, new("size", "spec.size", ColumnType.Integer)],
    };

    /// <summary>Installs the kind, and waits until it is served.</summary>
    public static async Task<Gadgets> InstallAsync(IKubernetes client, string ns, CancellationToken token)
    {
        var gadgets = new Gadgets(client, ns);
        await ServedKind.InstallAsync(client, gadgets.Kind, token);
        return gadgets;
    }

    public Task<JsonObject?> CreateAsync(JsonObject gadget, CancellationToken token) => FindAsync(
        () => _client.CustomObjects.CreateNamespacedCustomObjectAsync(
            gadget, Kind.Group, Kind.Version, _namespace, Kind.Plural, cancellationToken: token));

    /// <returns>Null where there is none of that name.</returns>
    public Task<JsonObject?> FindAsync(string name, CancellationToken token) => FindAsync(
        () => _client.CustomObjects.GetNamespacedCustomObjectAsync(
            Kind.Group, Kind.Version, _namespace, Kind.Plural, name, token));

    /// <summary>Sends a merge patch.</summary>
    /// <returns>Null where the object is gone, or has another version than the one in the patch.</returns>
    public Task<JsonObject?> PatchAsync(string name, JsonObject patch, CancellationToken token) => FindAsync(
        () => _client.CustomObjects.PatchNamespacedCustomObjectAsync(
            new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch), Kind.Group, Kind.Version, _namespace,
            Kind.Plural, name, cancellationToken: token));

    public Task<JsonObject?> DeleteAsync(string name, CancellationToken token) => FindAsync(
        () => _client.CustomObjects.DeleteNamespacedCustomObjectAsync(
            Kind.Group, Kind.Version, _namespace, Kind.Plural, name, cancellationToken: token));

    /// <summary>Deletes all of them in one call.</summary>
    /// <returns>Those that were there.</returns>
    public async Task<IReadOnlyList<JsonObject>> DeleteAllAsync(CancellationToken token) => ItemsOf(await FindAsync(
        () => _client.CustomObjects.DeleteCollectionNamespacedCustomObjectAsync(
            Kind.Group, Kind.Version, _namespace, Kind.Plural, cancellationToken: token)));

    public async Task<IReadOnlyList<JsonObject>> ListAsync(CancellationToken token) => ItemsOf(await FindAsync(
        () => _client.CustomObjects.ListNamespacedCustomObjectAsync(
            Kind.Group, Kind.Version, _namespace, Kind.Plural, cancellationToken: token)));

    /// <summary>Deletes every object, whatever finalizers hold it.</summary>
    public async Task ClearAsync(CancellationToken token)
    {
        foreach (var gadget in await ListAsync(token))
        {
            var name = (string?)gadget["metadata"]!["name"] ?? "";
            await DeleteAsync(name, token);
            await PatchAsync(name, Of("finalizers", new JsonArray()), token);
        }
    }

    /// <summary>A merge patch of one member of the metadata.</summary>
    public static JsonObject Of(string member, JsonNode? value) =>
        new() { ["metadata"] = new JsonObject { [member] = value } };

    /// <summary>Removes the kind.</summary>
    public async Task UninstallAsync()
    {
        await ClearAsync(CancellationToken.None);
        await ServedKind.UninstallAsync(_client, Kind);
    }

    public void Dispose() => _client.Dispose();

    private static IReadOnlyList<JsonObject> ItemsOf(JsonObject? list) =>
        [.. (list?["items"]?.AsArray() ?? []).Select(item => item!.DeepClone().AsObject())];

    private static async Task<JsonObject?> FindAsync(Func<Task<object>> call)
    {
        try
        {
            return JsonNode.Parse($"{await call()}")!.AsObject();
        }
        catch (HttpOperationException refused) when (
            refused.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return null;
        }
    }
}
