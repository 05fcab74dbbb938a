namespace Tracebloc.Testing.Kubernetes;

/// <summary>The scripted faults: each serves once, for the first call that meets its condition.</summary>
internal sealed class FakeFaults
{
    private readonly Lock _gate = new();
    private readonly List<(Func<FakeCall, bool> Condition, FakeFault Fault)> _faults = [];

    internal void Add(Func<FakeCall, bool> condition, FakeFault fault, int times)
    {
        lock (_gate) _faults.AddRange(Enumerable.Repeat((condition, fault), times));
    }

    /// <summary>The fault of a call, which is used up by this; null when it has none.</summary>
    internal FakeFault? Take(FakeCall call)
    {
        lock (_gate)
        {
            var index = _faults.FindIndex(fault => fault.Condition(call));
            if (index < 0) return null;
            var fault = _faults[index].Fault;
            _faults.RemoveAt(index);
            return fault;
        }
    }
}
