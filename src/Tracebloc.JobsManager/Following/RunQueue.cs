using Tracebloc.JobsManager.Runs;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Following;

/// <summary>The runs to look at next, each once. Safe for concurrent use.</summary>
internal sealed class RunQueue
{
    private readonly Lock _gate = new();
    private readonly LinkedList<RunKey> _keys = [];
    private TaskCompletionSource _added = NewSignal();

    public void Add(RunKey key)
    {
        lock (_gate)
        {
            if (!_keys.Contains(key)) _keys.AddLast(key);
            _added.TrySetResult();
        }
    }

    /// <summary>The next run; null where there is none.</summary>
    public RunKey? Take()
    {
        lock (_gate)
        {
            if (_keys.First is not { } first)
            {
                if (_added.Task.IsCompleted) _added = NewSignal();
                return null;
            }

            _keys.RemoveFirst();
            return first.Value;
        }
    }

    /// <summary>Ends when a run is added, when the time is up, or when the token is cancelled.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken token)
    {
        Task added;
        lock (_gate)
            added = _added.Task;
        if (longest <= TimeSpan.Zero) return;
        using var deadline = new Deadline(longest, time, token);
        await added.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
