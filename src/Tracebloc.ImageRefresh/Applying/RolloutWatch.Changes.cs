using System.Runtime.CompilerServices;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Applying;

internal sealed partial class RolloutWatch
{
    /// <summary>The workload as it is applied, then each state after that, until the token ends it.</summary>
    private async IAsyncEnumerable<Workload> ChangesAsync(
        WorkloadReference reference, Workload applied, [EnumeratorCancellation] CancellationToken token)
    {
        yield return applied;
        var latest = applied;
        var mayWatch = true;
        while (true)
        {
            if (mayWatch)
            {
                await using var changes = api.WatchAsync(reference, latest, token).GetAsyncEnumerator(token);
                while (true)
                {
                    try
                    {
                        if (!await changes.MoveNextAsync())
                            break;
                    }
                    catch (KubernetesException denied) when (denied.IsForbidden)
                    {
                        Log.WatchDenied(logger, reference, Deadlines.RolloutPoll);
                        mayWatch = false;
                        break;
                    }
                    catch (KubernetesException broken) when (broken.IsTransient || broken.IsGone)
                    {
                        break;
                    }
                    yield return latest = changes.Current;
                }
            }
            await Task.Delay(Deadlines.RolloutPoll, time, token);
            if (await TryGetAsync(reference, token) is { } current)
                yield return latest = current;
        }
    }

    // An API server that is away for a moment does not end a rollout, nor the patience with it.
    private async Task<Workload?> TryGetAsync(WorkloadReference reference, CancellationToken token)
    {
        try
        {
            return await api.GetAsync(reference, token);
        }
        catch (KubernetesException away) when (away.IsTransient)
        {
            return null;
        }
    }

    /// <summary>Completes when the new pods are beyond hope; never, where pods may not be listed.</summary>
    private async Task<string> TroubleComesAsync(
        WorkloadReference reference, Workload applied, CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(Deadlines.RolloutPoll, time, token);
            try
            {
                if (await PodTrouble.FindAsync(api, reference, applied, token) is { } trouble)
                    return trouble;
            }
            catch (KubernetesException unreadable)
            {
                Log.PodsUnreadable(logger, unreadable.Message);
                if (!unreadable.IsTransient)
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, token);
            }
        }
    }
}
