using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>Reads single objects of one kind, several at a time.</summary>
internal sealed class ObjectFinder(KubernetesClient client, Kind kind)
{
    /// <summary>The objects that are in memory at once.</summary>
    public const int Most = 32;

    private const int MostCalls = 8;

    private readonly ObjectCalls _calls = new(client, kind);

    /// <summary>The objects of some names, in their order; null for a name that there is none of.</summary>
    /// <exception cref="KubernetesException">An object may exist.</exception>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>?>> FindAsync(
        IReadOnlyList<Suspect> suspects, CancellationToken token) => Throttled.SelectAsync(
        suspects, MostCalls, (suspect, current) => FindAsync(suspect.Namespace, suspect.Name, current), token);

    private async Task<ReadOnlyMemory<byte>?> FindAsync(string ns, string name, CancellationToken token)
    {
        try
        {
            return await _calls.FindAsync(ns, name, token);
        }
        catch (KubernetesException removed) when (removed.IsTypeNotServed)
        {
            return null;
        }
    }
}
