using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Following;

/// <summary>
/// Looks after all runs: at start, when a Job or a pod changes, when it is asked to, and every
/// <see cref="Deadlines.Resync"/>. No failure ends it.
/// </summary>
internal sealed partial class RunFollower(
    RunStore store, RunCare care, RunPurge purge, RunLookout lookout, TimeProvider time, ILogger logger)
    : BackgroundService
{
    // So many failures in a row are no fault of the runs.
    private const int MostFailures = 3;

    // Its limits are counted in days.
    private static readonly TimeSpan PurgePause = TimeSpan.FromMinutes(10);

    private readonly RunQueue _queue = new();
    private long _resyncedAt;
    private long? _purgedAt;
    private readonly List<RunKey> _later = [];
    private readonly Dictionary<RunKey, string> _faults = [];
    private readonly Outage _following = new("Following the runs", logger);
    private readonly Outage _watching = new("Watching the Jobs of runs", logger);
    private readonly Outage _watchingPods = new("Watching the pods of runs", logger);
    private readonly Outage _purging = new("Purging finished runs", logger);

    /// <summary>The end of the last look at every open run; null before the first.</summary>
    public DateTimeOffset? ResyncedAt => Interlocked.Read(ref _resyncedAt) is var at and not 0
        ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>The pause between two looks at every open run.</summary>
    public TimeSpan Resync { get; init; } = new Deadlines().Resync;

    /// <summary>Has a run looked at, soon.</summary>
    public void Look(RunKey key) => _queue.Add(key);

    /// <summary>Looks at all open runs once, and purges finished ones.</summary>
    /// <exception cref="DatabaseException">The database is away.</exception>
    /// <exception cref="KubernetesException">The API server is away.</exception>
    public async Task ResyncAsync(CancellationToken token)
    {
        foreach (var run in await store.OpenRunsAsync(token))
            _queue.Add(run.Key);
        await PurgeAsync(token);
        await LookAtQueueAsync(token);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            FollowAsync(stoppingToken),
            WatchAsync(lookout.ListAsync, lookout.WatchAsync, _watching, stoppingToken),
            // The last pod ends after its Job has gone: then what the run wrote can be removed.
            WatchAsync(lookout.ListPodsAsync, lookout.WatchPodsAsync, _watchingPods, stoppingToken));

    private async Task FollowAsync(CancellationToken token)
    {
        long? last = null;
        while (!token.IsCancellationRequested)
            try
            {
                if (last is null || time.GetElapsedTime(last.Value) >= Resync)
                {
                    var started = time.GetTimestamp();
                    await ResyncAsync(token);
                    last = started;
                    Interlocked.Exchange(ref _resyncedAt, time.GetUtcNow().ToUnixTimeMilliseconds());
                }

                await LookAtQueueAsync(token);
                _following.Ended();
                await _queue.WaitAsync(Resync - time.GetElapsedTime(last.Value), time, token);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Postpone();
                await _queue.WaitAsync(_following.Failed(fault), time, token);
            }
    }

    private async Task WatchAsync(
        Func<CancellationToken, Task<(IReadOnlyList<RunKey> Keys, string? Version)>> list,
        Func<string?, CancellationToken, IAsyncEnumerable<RunKey>> watch,
        Outage outage,
        CancellationToken token)
    {
        while (!token.IsCancellationRequested)
            try
            {
                var (keys, version) = await list(token);
                foreach (var key in keys) _queue.Add(key);
                await foreach (var key in watch(version, token))
                {
                    outage.Ended(); // Not before: an account may list and not watch.
                    _queue.Add(key);
                }
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (KubernetesException old) when (old.IsGone)
            {
                // The list that follows is the newest state.
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                await PauseAsync(outage.Failed(fault), token);
            }
    }

    /// <summary>Tries each run once: what one run fails of may not keep the others waiting.</summary>
    private async Task LookAtQueueAsync(CancellationToken token)
    {
        foreach (var key in _later) _queue.Add(key);
        _later.Clear();
        Exception? outage = null;
        for (var failures = 0; failures < MostFailures && _queue.Take() is { } key;)
            try
            {
                await care.LookAsync(key, token);
                _faults.Remove(key);
                failures = 0;
            }
            catch (Exception away) when (IsOutage(away) && !token.IsCancellationRequested)
            {
                _later.Add(key);
                outage = away;
                failures++;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException && !token.IsCancellationRequested)
            {
                // Its fault is its own; the next resync looks at it again.
                if (_faults.GetValueOrDefault(key) != fault.Message) LogFault(logger, fault, key.Text);
                _faults[key] = fault.Message;
            }

        if (outage is not null) ExceptionDispatchInfo.Throw(outage);
    }

    // What is still queued would end each pause at once.
    private void Postpone()
    {
        while (_queue.Take() is { } key) _later.Add(key);
    }

    private async Task PurgeAsync(CancellationToken token)
    {
        if (_purgedAt is { } at && time.GetElapsedTime(at) < PurgePause) return;
        try
        {
            await purge.PurgeAsync(token);
            _purgedAt = time.GetTimestamp();
            _purging.Ended();
        }
        catch (Exception fault) when (fault is KubernetesException or DatabaseException)
        {
            _purging.Failed(fault); // The next resync tries it again.
        }
    }

    private static bool IsOutage(Exception fault) => fault switch
    {
        KubernetesException api => api.IsTransient || api.IsUnauthorized,
        DatabaseException database => database.Failure != DatabaseFailure.Statement,
        _ => false,
    };

    private async Task PauseAsync(TimeSpan pause, CancellationToken token) =>
        await Task.Delay(pause, time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(715, LogLevel.Error, "Run {Key} cannot go on; it is looked at again")]
    private static partial void LogFault(ILogger logger, Exception fault, string key);
}
