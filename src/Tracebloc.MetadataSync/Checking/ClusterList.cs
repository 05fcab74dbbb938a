using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The metadata of all objects of one kind.</summary>
internal sealed class ClusterList(KubernetesClient client, Kind kind)
{
    private const int Attempts = 3;

    /// <summary>Lists the objects, and keeps those whose live row is of another version, or is none.</summary>
    /// <param name="live">The live rows.</param>
    /// <param name="progress">Takes the number of objects so far.</param>
    /// <param name="token">Ends the list.</param>
    /// <returns>The uids, null where the cluster has no such kind; and the objects to be looked at once more.</returns>
    /// <exception cref="KubernetesException">The list broke off.</exception>
    public async Task<(VersionMap? Listed, IReadOnlyList<Suspect> Suspects)> CompareAsync(
        VersionMap live, Action<int> progress, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await ListAsync(live, progress, token);
            }
            catch (KubernetesException forgotten) when (forgotten.IsGone && attempt < Attempts)
            {
                // It took so long that the server forgot its place.
            }
            catch (KubernetesException absent) when (absent.IsTypeNotServed)
            {
                return (null, []);
            }
    }

    private async Task<(VersionMap? Listed, IReadOnlyList<Suspect> Suspects)> ListAsync(
        VersionMap live, Action<int> progress, CancellationToken token)
    {
        var (listed, suspects) = (new VersionMap(), new List<Suspect>());
        await foreach (var one in client.ListIdentitiesAsync(kind.Type, null, new ListOptions(), token))
        {
            listed[one.Uid] = default;
            var isLive = live.TryGet(one.Uid, out var row);
            if (!isLive || row.Version != one.Number) suspects.Add(Suspect.Of(one, isLive ? row.Version : 0));
            progress(listed.Count);
        }

        return (listed, suspects);
    }
}
