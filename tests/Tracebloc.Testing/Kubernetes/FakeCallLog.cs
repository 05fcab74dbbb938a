namespace Tracebloc.Testing.Kubernetes;

/// <summary>The calls that the fake received, and the waits for them.</summary>
/// <param name="patience">The bound of a wait, in real time.</param>
internal sealed class FakeCallLog(TimeSpan patience)
{
    private readonly Lock _gate = new();
    private readonly List<FakeCall> _calls = [];
    private readonly List<(Func<FakeCall, bool> Condition, TaskCompletionSource<FakeCall> Signal)> _waiting = [];

    internal IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_gate) return [.. _calls];
        }
    }

    internal void Clear()
    {
        lock (_gate) _calls.Clear();
    }

    internal void Add(FakeCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            call.Number = _calls.Count;
            Announce(call);
        }
    }

    /// <summary>Notes the status of a call's answer.</summary>
    internal void Answered(FakeCall call, int status)
    {
        lock (_gate)
        {
            call.Status = status;
            Announce(call);
        }
    }

    internal async Task<FakeCall> WaitAsync(Func<FakeCall, bool> condition, CancellationToken cancellationToken)
    {
        using var bound = new Bound(patience, cancellationToken);
        return await bound.KeepAsync(
            token => FindAsync(condition, token),
            () => $"calls so far: {(Calls is [] ? "none" : string.Join(", ", Calls))}");
    }

    private Task<FakeCall> FindAsync(Func<FakeCall, bool> condition, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_calls.Find(call => condition(call)) is { } past) return Task.FromResult(past);
            var signal = new TaskCompletionSource<FakeCall>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, signal));
            return signal.Task.WaitAsync(cancellationToken);
        }
    }

    private void Announce(FakeCall call)
    {
        foreach (var (_, signal) in _waiting.Where(waiting => waiting.Condition(call))) signal.TrySetResult(call);
        _waiting.RemoveAll(waiting => waiting.Signal.Task.IsCompleted);
    }
}
