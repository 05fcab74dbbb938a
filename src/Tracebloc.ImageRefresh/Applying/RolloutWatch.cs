using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>
/// Follows a rollout to its end: complete, failed by the controller, hopeless by its pods, or out of time. Uses
/// <c>watch</c> on the workload and <c>list</c> on pods where the Role grants them, and GET where it does not.
/// </summary>
internal sealed partial class RolloutWatch(WorkloadApi api, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    public async Task<WorkloadState> FollowAsync(
        WorkloadReference reference, Workload applied, TimeSpan timeout, CancellationToken token)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, patience.Token);
        var latest = new WorkloadState(applied, RolloutStatus.Of(reference.Kind, applied));
        var end = FollowStatusAsync();
        var trouble = TroubleComesAsync(applied, either.Token);
        try
        {
            var first = await Task.WhenAny(end, trouble);
            if (first == trouble)
                return latest with { Rollout = RolloutStatus.Failed(await trouble) };
            await end;
            return latest;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !token.IsCancellationRequested)
        {
            var message = $"not complete within {Duration.Format(timeout)}: {latest.Rollout.Message}";
            return latest with { Rollout = RolloutStatus.Failed(message) };
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
                latest = new WorkloadState(workload, rollout);
                if (!rollout.IsProgressing)
                    return;
            }
        }
    }
}
