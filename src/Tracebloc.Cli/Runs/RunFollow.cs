using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Runs;

/// <summary>
/// Follows a run to its end: its state by jobs-manager, which decides, and beside it the log of its pods. On a terminal
/// the log is one line that is written over; elsewhere, and with <c>--verbose</c>, every line is kept.
/// </summary>
internal sealed class RunFollow(ReleaseRuns runs, Screen screen)
{
    /// <summary>The longest wait; the run goes on after it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    // What a pod wrote last arrives a moment after its end.
    private static readonly TimeSpan LastLines = TimeSpan.FromSeconds(5);

    // In a row; each of them waits for jobs-manager for some minutes.
    private const int MostAttempts = 5;

    private readonly Lock _turn = new();

    private RunReport? _seen;
    private int _failures;

    /// <param name="key">The run.</param>
    /// <param name="job">Its Job.</param>
    /// <param name="namespace">The namespace of the Job.</param>
    /// <param name="token">Ends it; the run goes on.</param>
    /// <returns>The run as it was seen last; null where it was not seen.</returns>
    /// <exception cref="SubmittingException">jobs-manager rejects the call.</exception>
    /// <exception cref="Interruption">The caller cancelled.</exception>
    public async Task<RunReport?> UntilOverAsync(string key, string job, string @namespace, CancellationToken token)
    {
        try
        {
            return await FollowAsync(key, job, @namespace, token);
        }
        catch (OperationCanceledException e) when (token.IsCancellationRequested)
        {
            throw new Interruption($"Run {key} goes on by itself; follow it: tracebloc dataset watch {key}", e);
        }
    }

    private async Task<RunReport?> FollowAsync(string key, string job, string @namespace, CancellationToken token)
    {
        using var progress = screen.Progress();
        using var stop = new CancellationTokenSource();
        var over = new TaskCompletionSource();
        var log = LogAsync(new RunLog(runs.Session, @namespace, job), progress, over.Task, stop.Token);
        try
        {
            var watch = new RunWatch(runs.Client, screen.Time, (run, elapsed) => See(progress, key, run, elapsed));
            var end = await WatchAsync(watch, key, token);
            over.SetResult();
            await DrainAsync(log, token);
            return end;
        }
        finally
        {
            await stop.CancelAsync();
            await log;
        }
    }

    private async Task<RunReport?> WatchAsync(RunWatch watch, string key, CancellationToken token)
    {
        while (true)
            try
            {
                return await watch.UntilOverAsync(key, Longest, token);
            }
            catch (SubmittingException away) when (away.Failure == SubmittingFailure.Unreachable)
            {
                // The run goes on without being looked at.
                lock (_turn) screen.Note(away.Message);
                if (++_failures == MostAttempts) return _seen;
            }
    }

    private void See(ProgressLine progress, string key, RunReport run, TimeSpan elapsed)
    {
        (_seen, _failures) = (run, 0);
        Say(progress, State(key, run, elapsed));
    }

    private async Task DrainAsync(Task log, CancellationToken token)
    {
        using var deadline = new Deadline(LastLines, screen.Time, token);
        try
        {
            await log.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            // Its lines are no part of the result.
        }
    }

    private async Task LogAsync(RunLog log, ProgressLine progress, Task over, CancellationToken token)
    {
        try
        {
            await log.FollowAsync(line => Show(progress, line), over, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Nothing more is wanted of it.
        }
        catch (KubernetesException fault)
        {
            lock (_turn) screen.Note($"the log of the run cannot be followed: {fault.Message}");
        }
    }

    private void Show(ProgressLine progress, string line)
    {
        if (progress.IsRewritten && !screen.IsVerbose) progress.Show(() => line);
        else Say(progress, line);
    }

    private void Say(ProgressLine progress, string line)
    {
        lock (_turn)
        {
            progress.Clear();
            screen.Line(line);
        }
    }

    private static string State(string key, RunReport run, TimeSpan elapsed) =>
        $"Run {key}: {run.State}, {elapsed.TotalSeconds:0} s"
        + (run is { IsSettled: false, Error: { Length: > 0 } reason } ? $": {reason}" : "");
}
