namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    private readonly List<FakeCall> _calls = [];
    private readonly List<(Func<FakeCall, bool> Condition, TaskCompletionSource<FakeCall> Signal)> _waiting = [];
    private readonly List<(Func<FakeCall, bool> Condition, FakeFault Fault)> _faults = [];

    /// <summary>Every request in the order received, those included that were refused or dropped.</summary>
    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    /// <summary>The requests that asked for a change.</summary>
    public IReadOnlyList<FakeCall> Writes => [.. Calls.Where(call => call.IsWrite)];

    public int Count(string verb, string resource, string? name = null) =>
        Calls.Count(call => call.Verb == verb && call.Resource == resource && (name is null || call.Name == name));

    /// <summary>Forgets the calls so far, so that a test counts from here.</summary>
    public void ClearCalls()
    {
        lock (_calls) _calls.Clear();
    }

    /// <summary>Completes with the first call that meets the condition, be it past or yet to come.</summary>
    /// <remarks>The condition may ask for <see cref="FakeCall.Status"/>: a watch has one once it is open.</remarks>
    /// <exception cref="TimeoutException">None came within the options' bound; names those that did.</exception>
    public async Task<FakeCall> WaitForCallAsync(Func<FakeCall, bool> condition, CancellationToken cancellationToken)
    {
        using var bound = new Bound(_options.PatienceOfWaits, cancellationToken);
        return await bound.KeepAsync(
            token => FindCallAsync(condition, token),
            () => $"calls so far: {(Calls is [] ? "none" : string.Join(", ", Calls))}");
    }

    private Task<FakeCall> FindCallAsync(Func<FakeCall, bool> condition, CancellationToken cancellationToken)
    {
        lock (_calls)
        {
            if (_calls.Find(call => condition(call)) is { } past) return Task.FromResult(past);
            var signal = new TaskCompletionSource<FakeCall>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, signal));
            return signal.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Scripts the next calls that meet the condition; each fault serves once, in the order given.</summary>
    public void Fail(Func<FakeCall, bool> condition, FakeFault fault, int times = 1)
    {
        lock (_faults) _faults.AddRange(Enumerable.Repeat((condition, fault), times));
    }

    /// <inheritdoc cref="Fail(Func{FakeCall, bool}, FakeFault, int)"/>
    public void Fail(string verb, string resource, FakeFault fault, int times = 1) =>
        Fail(call => call.Verb == verb && call.Resource == resource, fault, times);

    private FakeCall Log(FakeCall call)
    {
        lock (_calls)
        {
            _calls.Add(call);
            call.Number = _calls.Count;
            Announce(call);
        }

        return call;
    }

    private void Answered(FakeCall call, int status)
    {
        lock (_calls)
        {
            call.Status = status;
            Announce(call);
        }
    }

    private void Announce(FakeCall call)
    {
        foreach (var (_, signal) in _waiting.Where(waiting => waiting.Condition(call))) signal.TrySetResult(call);
        _waiting.RemoveAll(waiting => waiting.Signal.Task.IsCompleted);
    }

    private FakeFault? TakeFault(FakeCall call)
    {
        lock (_faults)
        {
            var index = _faults.FindIndex(fault => fault.Condition(call));
            if (index < 0) return null;
            var fault = _faults[index].Fault;
            _faults.RemoveAt(index);
            return fault;
        }
    }
}
