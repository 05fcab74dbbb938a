namespace Tracebloc.MetadataSync.Syncing;

/// <summary>Wakes all who wait. Safe for concurrent use.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = Signal();

    /// <summary>Ends with the next beat. It is taken before the look at what one waits for.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, Signal()).TrySetResult();

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
