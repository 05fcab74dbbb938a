namespace Tracebloc.JobsManager.Runs;

/// <summary>
/// One at a time for each run: a submission makes all objects of its run before the follower looks at them. Two that
/// made them at once would replace each other's Secret.
/// </summary>
internal sealed class RunTurns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunKey, Queue> _queues = [];

    /// <summary>Waits for the turn.</summary>
    /// <returns>The turn, which ends when it is disposed.</returns>
    public async Task<IDisposable> TakeAsync(RunKey key, CancellationToken token)
    {
        var queue = Enter(key);
        try
        {
            await queue.Turn.WaitAsync(token);
            return new Taken(this, key, queue);
        }
        catch
        {
            Leave(key, queue);
            throw;
        }
    }

    private Queue Enter(RunKey key)
    {
        lock (_gate)
        {
            if (!_queues.TryGetValue(key, out var queue)) _queues[key] = queue = new Queue();
            queue.Length++;
            return queue;
        }
    }

    private void Leave(RunKey key, Queue queue)
    {
        lock (_gate)
            if (--queue.Length == 0) _queues.Remove(key);
    }

    private sealed class Queue
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        /// <summary>The holder of the turn and those that wait for it.</summary>
        public int Length { get; set; }
    }

    private sealed class Taken(RunTurns turns, RunKey key, Queue queue) : IDisposable
    {
        public void Dispose()
        {
            queue.Turn.Release();
            turns.Leave(key, queue);
        }
    }
}
