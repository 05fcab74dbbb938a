using Tracebloc.Cli.Finding;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Staging;

/// <summary>A staging pod that an earlier push has left behind.</summary>
/// <param name="Name">The pod.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Age">Its age by the server's clock.</param>
/// <param name="IsRemoved">True where it was deleted now.</param>
internal sealed record StageOrphan(string Name, string Phase, TimeSpan Age, bool IsRemoved);

/// <summary>
/// Finds the staging pods that earlier pushes have left behind, and removes the old ones. A pod that runs, or may still
/// start, belongs to a push that is under way.
/// </summary>
internal sealed class StageOrphans(ClusterSession session, string @namespace, StageDeadlines deadlines)
{
    /// <exception cref="KubernetesException">The API server gives no answer, or the right is missing.</exception>
    public async Task<IReadOnlyList<StageOrphan>> SweepAsync(CancellationToken token)
    {
        // Both times are the server's: a wrong clock here must not cost another push its pod.
        var now = await session.Client.ClockAsync(token) ?? session.Time.GetUtcNow();
        var pods = await session.Client.ListAsync(
            ResourceType.Pods, @namespace, new ListOptions { LabelSelector = StageNames.Selector },
            ClusterJson.Default.ResourceListV1Pod, token);
        var orphans = new List<StageOrphan>();
        foreach (var pod in pods.Items)
            if (Find(pod, now) is { } orphan)
                orphans.Add(orphan.Age < deadlines.Orphan ? orphan : await RemoveAsync(orphan, token));
        return orphans;
    }

    private StageOrphan? Find(V1Pod pod, DateTimeOffset now)
    {
        var (phase, age) = (pod.Status?.Phase ?? "Pending", now - (pod.Metadata?.CreationTimestamp ?? now));
        var isLive = phase is "Running" or "Unknown" || (phase == "Pending" && age <= deadlines.Start);
        return isLive || pod.Metadata is not { Name: { } name, DeletionTimestamp: null }
            ? null
            : new StageOrphan(name, phase, age, IsRemoved: false);
    }

    private async Task<StageOrphan> RemoveAsync(StageOrphan orphan, CancellationToken token)
    {
        try
        {
            await session.Client.DeleteAsync(
                ResourceType.Pods, @namespace, orphan.Name, new DeleteOptions { PropagationPolicy = "Background" },
                token);
            return orphan with { IsRemoved = true };
        }
        catch (KubernetesException e) when (e.IsNotFound)
        {
            return orphan with { IsRemoved = true };
        }
    }
}
