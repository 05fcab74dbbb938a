using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary>Objects without a namespace of a real API server, by the official client.</summary>
internal sealed class Regions : IAsyncDisposable
{
    private readonly IKubernetes _client;

    private Regions(IKubernetes client) => _client = client;

    /// <summary>A kind of a group that no other test has.</summary>
    public Kind Kind { get; } = new("Region", "regions", $"r{Guid.NewGuid():n}"[..12] + ".example", "v1")
    {
        IsNamespaced = false,
        Columns = [new("owner", "spec.owner")],
    };

    /// <summary>Installs the kind, and waits until it is served.</summary>
    public static async Task<Regions> InstallAsync(IKubernetes client, CancellationToken token)
    {
        var regions = new Regions(client);
        await ServedKind.InstallAsync(client, regions.Kind, token);
        return regions;
    }

    public Task CreateAsync(string name, string owner, CancellationToken token) =>
        _client.CustomObjects.CreateClusterCustomObjectAsync(
            new JsonObject
            {
                ["apiVersion"] = Kind.GroupVersion,
                ["kind"] = Kind.Name,
                ["metadata"] = new JsonObject { ["name"] = name },
                ["spec"] = new JsonObject { ["owner"] = owner },
            },
            Kind.Group, Kind.Version, Kind.Plural, cancellationToken: token);

    /// <summary>Marks one as immutable.</summary>
    public Task FreezeAsync(string name, CancellationToken token) => PatchAsync(
        name, Gadgets.Of("annotations", new JsonObject { [Marks.Immutable] = Marks.True }), token);

    /// <summary>The names, in their order.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken token)
    {
        var list = await _client.CustomObjects.ListClusterCustomObjectAsync(
            Kind.Group, Kind.Version, Kind.Plural, cancellationToken: token);
        return [.. JsonNode.Parse($"{list}")!["items"]!.AsArray().Select(item => $"{item!["metadata"]!["name"]}")];
    }

    /// <summary>Removes the kind with its objects, whatever finalizers hold them.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var name in await NamesAsync(CancellationToken.None))
            await PatchAsync(name, Gadgets.Of("finalizers", new JsonArray()), CancellationToken.None);
        await ServedKind.UninstallAsync(_client, Kind);
        _client.Dispose();
    }

    private Task PatchAsync(string name, JsonObject patch, CancellationToken token) =>
        _client.CustomObjects.PatchClusterCustomObjectAsync(
            new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch),
            Kind.Group, Kind.Version, Kind.Plural, name, cancellationToken: token);
}
