using System.Text.Json;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Planning;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>
/// The calls of the API server for single objects. Each is for one uid and one version: an edit wins.
/// </summary>
internal sealed class ObjectCalls(KubernetesClient client, Kind kind)
{
    private static readonly PatchOptions Manager = new() { FieldManager = "metadata-sync" };

    /// <summary>Reads an object.</summary>
    /// <returns>Null where there is none of that name.</returns>
    /// <exception cref="KubernetesException">The object may exist.</exception>
    public Task<ReadOnlyMemory<byte>?> FindAsync(string ns, string name, CancellationToken token) =>
        client.GetRawAsync(kind.Type, Place(ns), name, token);

    /// <summary>Sets the finalizers of the object of a chore, and nothing else.</summary>
    /// <returns>The version that it has then; null where the object has changed, or is gone.</returns>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public async Task<string?> SetFinalizersAsync(
        Chore chore, IReadOnlyList<string> finalizers, CancellationToken token)
    {
        var patch = new FinalizerPatch(new(chore.Uid, chore.VersionText, finalizers));
        var change = V1Patch.Merge(JsonSerializer.SerializeToUtf8Bytes(patch, CallJson.Default.FinalizerPatch));
        try
        {
            var changed = await client.PatchRawAsync(
                kind.Type, Place(chore.Namespace), chore.Name, change, Manager, token);
            return JsonSerializer.Deserialize(changed.Span, CallJson.Default.ChangedObject)?.Metadata.ResourceVersion;
        }
        catch (KubernetesException stale) when (IsStale(stale))
        {
            return null;
        }
    }

    /// <summary>Deletes the object of a chore in one version; one that has changed stays as it is.</summary>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public async Task DeleteAsync(Chore chore, string version, CancellationToken token)
    {
        try
        {
            await client.DeleteAsync(
                kind.Type,
                Place(chore.Namespace),
                chore.Name,
                new DeleteOptions { Uid = chore.Uid, ResourceVersion = version },
                token);
        }
        catch (KubernetesException stale) when (IsStale(stale))
        {
            // The newer state is on its way, and has a plan of its own.
        }
    }

    private static string? Place(string ns) => ns.Length == 0 ? null : ns;

    // 422: servers before 1.29 answer so to a patch for another uid.
    private static bool IsStale(KubernetesException refused) =>
        refused.IsConflict || refused is { IsNotFound: true, IsTypeNotServed: false } or { Code: 422 };
}
