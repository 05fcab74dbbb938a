using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Syncing;

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
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>?>> FindAsync(
        IReadOnlyList<Suspect> suspects, CancellationToken token)
    {
        var found = new ReadOnlyMemory<byte>?[suspects.Count];
        await Parallel.ForEachAsync(
            suspects.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = MostCalls, CancellationToken = token },
            async (each, current) =>
                found[each.Index] = await FindAsync(each.Item.Namespace, each.Item.Name, current));
        return found;
    }

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
