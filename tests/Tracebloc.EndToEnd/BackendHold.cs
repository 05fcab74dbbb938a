using Tracebloc.Testing.Backend;

namespace Tracebloc.EndToEnd;

/// <summary>Holds a call of the backend, so that what happens half-way happens there.</summary>
internal sealed class BackendHold(FakeBackend backend)
{
    /// <summary>Holds the next call to a path.</summary>
    public HeldCall Next(string path)
    {
        var held = new HeldCall();
        var taken = 0;
        backend.Before = request =>
            request.Path == path && Interlocked.Exchange(ref taken, 1) == 0 ? held.HoldAsync() : Task.CompletedTask;
        return held;
    }
}

/// <summary>A call that waits to be released.</summary>
internal sealed class HeldCall
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task;

    public void Release() => _released.TrySetResult();

    public Task HoldAsync()
    {
        _reached.TrySetResult();
        return _released.Task;
    }
}
