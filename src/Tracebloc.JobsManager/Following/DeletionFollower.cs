using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Following;

/// <summary>
/// Brings the deletions of data sets to their ends: at start, when it is asked to, every second while there is one, and
/// every <see cref="Deadlines.Resync"/>. May be ended at any call, and started again.
/// </summary>
internal sealed partial class DeletionFollower(
    RunStore store, DeletionJobs jobs, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private TaskCompletionSource _asked = NewSignal();
    private readonly Outage _outage = new("Deleting data sets", logger);

    /// <summary>The pause between two looks while there is nothing to do.</summary>
    public TimeSpan Resync { get; init; } = new Deadlines().Resync;

    /// <summary>Has the deletions looked at, soon.</summary>
    public void Look() => Volatile.Read(ref _asked).TrySetResult();

    /// <summary>Looks at all deletions once.</summary>
    /// <returns>True where one of them is still under way.</returns>
    /// <exception cref="Database.DatabaseException">The database is away.</exception>
    /// <exception cref="KubernetesException">The API server is away.</exception>
    public async Task<bool> LookAsync(CancellationToken token)
    {
        var isUnderWay = false;
        var wanted = (await store.Deletions.ListAsync(token)).Where(each => each.State == DeletionState.Wanted);
        // Of two that were asked for at the same time the second begins when the first has ended.
        foreach (var ofTable in wanted.GroupBy(each => each.Table))
            isUnderWay |= !await TryEndAsync(ofTable.First(), token) || ofTable.Skip(1).Any();
        return isUnderWay;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var pause = await LookAsync(stoppingToken) ? Soon : Resync;
                _outage.Ended();
                await WaitAsync(pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                await WaitAsync(_outage.Failed(fault), stoppingToken);
            }
    }

    /// <returns>False while it is under way.</returns>
    private async Task<bool> TryEndAsync(DatasetDeletion deletion, CancellationToken token)
    {
        if (await jobs.FindAsync(deletion, token) is not { } job) return await TryBeginAsync(deletion, token);
        if (JobOutcomes.OutcomeOf(job) == JobOutcome.Complete)
        {
            // Before the row, by which nothing looks at the Job any more. One made again finds nothing to delete.
            await jobs.DeleteAsync(deletion, token);
            await EndAsync(deletion, null, token);
            return true;
        }

        var pods = await jobs.PodsAsync(deletion, token);
        if (JobOutcomes.OutcomeOf(job) == JobOutcome.None)
        {
            await GoOnAsync(deletion, job, pods, token);
            return false;
        }

        // A pod that is being ended may still delete what a new run would write.
        if (pods.Any(PodFacts.IsActive)) return false;
        await EndAsync(deletion, PodEnds.Reason(job, pods, deletion.Error), token);
        return true;
    }

    private async Task GoOnAsync(
        DatasetDeletion deletion, V1Job job, IReadOnlyList<V1Pod> pods, CancellationToken token)
    {
        if (job.Spec?.BackoffLimit == 0) return; // It is about to fail.
        var now = time.GetUtcNow();
        var trouble = PodWaits.Trouble(job, pods, deletion.Error, now);
        if (trouble != deletion.Error) await store.Deletions.TroubleAsync(deletion, trouble, token);
        if (PodWaits.AreTooLong(job, pods, now)) await jobs.StopAsync(deletion, token);
    }

    /// <returns>True where a run changes the data set, or the API server will not have the Job.</returns>
    private async Task<bool> TryBeginAsync(DatasetDeletion deletion, CancellationToken token)
    {
        // The last look before the Job: a submission that comes later finds the deletion, and begins no run.
        if (DatasetDeletion.Obstacle(deletion.Table, await store.OpenRunsAsync(token)) is { } obstacle)
        {
            await EndAsync(deletion, obstacle, token);
            return true;
        }

        try
        {
            await jobs.EnsureAsync(deletion, token);
            return false;
        }
        catch (KubernetesException refused) when (!refused.IsTransient && !refused.IsUnauthorized)
        {
            await EndAsync(deletion, refused.Message, token);
            return true;
        }
    }

    private async Task EndAsync(DatasetDeletion deletion, string? error, CancellationToken token)
    {
        await store.Deletions.EndAsync(deletion, error, time.GetUtcNow(), token);
        LogEnded(logger, deletion.Table, error is null ? "done" : "failed", error ?? "");
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken token)
    {
        using var deadline = new Deadline(longest, time, token);
        await Volatile.Read(ref _asked).Task.WaitAsync(deadline.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _asked, NewSignal()); // The look that follows sees what was asked for until now.
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(716, LogLevel.Information, "Deletion of data set {Table}: {State} {Error}")]
    private static partial void LogEnded(ILogger logger, string table, string state, string error);
}
