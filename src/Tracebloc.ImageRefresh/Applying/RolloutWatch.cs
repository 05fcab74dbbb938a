using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>
/// Follows a rollout to its end: complete, failed by the controller, hopeless by its pods, or out of time. Uses
/// <c>watch</c> on the workload and <c>list</c> on pods where the Role grants them, and GET where it does not.
/// </summary>
internal sealed partial class RolloutWatch(WorkloadApi api, TimeProvider time, ILogger logger)
{
    public async Task<(Workload Workload, RolloutStatus Rollout)> FollowAsync(
        WorkloadReference reference, Workload applied, TimeSpan timeout, CancellationToken token)
    {
        if (!reference.HasRollout)
            return (applied, RolloutStatus.Of(reference.Kind, applied));
        using var patience = new Deadline(timeout, time, token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var latest = (Workload: applied, Rollout: RolloutStatus.Of(reference.Kind, applied));
        var end = FollowStatusAsync();
        var trouble = TroubleComesAsync(reference, applied, either.Token);
        try
        {
            var first = await Task.WhenAny(end, trouble);
            if (first == trouble)
                return (latest.Workload, RolloutStatus.Failed(await trouble));
            await end;
            return latest;
        }
        catch (OperationCanceledException) when (patience.HasPassed)
        {
            var message = $"not complete within {Duration.Format(timeout)}: {latest.Rollout.Message}";
            return (latest.Workload, RolloutStatus.Failed(message));
        }
        finally
        {
            await either.CancelAsync();
            await Task.WhenAll(end, trouble).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task FollowStatusAsync()
        {
            await foreach (var workload in ChangesAsync(reference, applied, either.Token))
            {
                var rollout = RolloutStatus.Of(reference.Kind, workload, applied);
                if (rollout != latest.Rollout)
                    Log.RolloutProgress(logger, reference, rollout.Message);
                latest = (workload, rollout);
                if (!rollout.IsProgressing)
                    return;
            }
        }
    }
}
