using Microsoft.Extensions.Logging;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Following;

/// <summary>
/// Removes finished runs by number and age since their end, or since they were last submitted: first their Jobs, then
/// their rows.
/// </summary>
/// <param name="store">The rows.</param>
/// <param name="objects">The Jobs.</param>
/// <param name="limits">The runs that are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives a line for each.</param>
internal sealed partial class RunPurge(
    RunStore store, RunObjects objects, RunLimits limits, TimeProvider time, ILogger logger)
{
    /// <summary>The age before which no run is purged by number: its end is there to be read.</summary>
    public static readonly TimeSpan LeastAge = TimeSpan.FromHours(1);

    public async Task PurgeAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        foreach (var run in await store.ExpiredRunsAsync(limits.Most, now - LeastAge, now - limits.Age, token))
        {
            await objects.DeleteAsync(run, run.JobName, token);
            await objects.DeleteAsync(run, run.UndoJobName, token);
            if (await store.TryRemoveAsync(run, token)) LogPurged(logger, run.Key.Text, run.Request.Table);
        }

        await store.PurgeReplaysAsync(now - limits.Age, token);
        await store.Deletions.PurgeAsync(now - limits.Age, token);
    }

    [LoggerMessage(712, LogLevel.Information, "Run {Key} of table {Table} was purged")]
    private static partial void LogPurged(ILogger logger, string key, string table);
}

/// <summary>The finished runs that are kept.</summary>
/// <param name="Most">Their number, beside those of the last hour: RUNS_KEEP.</param>
/// <param name="Age">Their age: RUNS_KEEP_DAYS.</param>
internal sealed record RunLimits(int Most, TimeSpan Age);
