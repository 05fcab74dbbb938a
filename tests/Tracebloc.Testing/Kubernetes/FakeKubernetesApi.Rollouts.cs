namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    /// <summary>The rollouts of a workload so far: every change of its pod template while it was not paused.</summary>
    public IReadOnlyList<FakeRollout> Rollouts(string workload, string? ns = null)
    {
        lock (Gate) return [.. _cluster.Workloads.State(Key(workload, ns)).Rollouts];
    }

    /// <summary>Decides how each rollout of a workload turns out, from now on; without a word they complete.</summary>
    public void OnRollout(string workload, Func<FakeRollout, RolloutBehaviour> behaviour, string? ns = null)
    {
        lock (Gate) _cluster.Workloads.OnRollout(Key(workload, ns), behaviour);
    }

    /// <inheritdoc cref="OnRollout(string, Func{FakeRollout, RolloutBehaviour}, string?)"/>
    public void OnRollout(string workload, RolloutBehaviour behaviour, string? ns = null) =>
        OnRollout(workload, _ => behaviour, ns);

    /// <summary>Moves the current rollout on.</summary>
    public void SetRollout(string workload, RolloutBehaviour behaviour, string? ns = null)
    {
        lock (Gate) _cluster.Workloads.Stand(Key(workload, ns), Existing(workload, ns), behaviour);
    }

    private FakeKey Key(string workload, string? ns)
    {
        var (type, name) = Parse(workload);
        return new(type.Key, Scope(type, ns), name);
    }
}
