using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Plays the Deployment, StatefulSet and DaemonSet controllers. Its user holds the store's gate.</summary>
internal sealed class WorkloadController(FakeStore store, int nodes, FakeServerVersion version)
{
    private readonly Dictionary<FakeKey, WorkloadState> _states = [];
    private readonly Dictionary<FakeKey, Func<FakeRollout, RolloutBehaviour>> _behaviours = [];

    internal void OnRollout(FakeKey workload, Func<FakeRollout, RolloutBehaviour> behaviour) =>
        _behaviours[workload] = behaviour;

    internal WorkloadState State(FakeKey workload) =>
        _states.GetValueOrDefault(workload) ?? throw new ArgumentException($"there is no workload {workload}");

    internal void Created(FakeObject workload)
    {
        if (!WorkloadDefaults.IsWorkload(workload.Type)) return;
        var state = _states[Key(workload)] = new WorkloadState(Template(workload));
        if (Refusal(workload) is { } refusal) state.Refuse(refusal);
        Settle(workload);
    }

    internal void Changed(FakeObject before, FakeObject after)
    {
        if (ReferenceEquals(before, after) || !_states.TryGetValue(Key(after), out var state)) return;
        if (Generation(after) == Generation(before)) return;
        var template = Template(after);
        var isPaused = (bool?)after.Body["spec"]!["paused"] == true;
        if (!isPaused && !JsonNode.DeepEquals(state.Template, template))
        {
            var rollout = state.Begin($"{after.Type.Singular}/{after.Name}", template);
            if (Refusal(after) is { } refusal) state.Refuse(refusal);
            else
                state.Stand(_behaviours.TryGetValue(Key(after), out var decide) ? decide(rollout)
                    : RolloutBehaviour.Completes);
        }

        Settle(after);
    }

    internal void Deleted(FakeObject item)
    {
        if (!_states.Remove(Key(item))) return;
        foreach (var pod in Pods(item).ToList()) store.Delete(pod);
        foreach (var replicaSet in Owned(FakeResourceType.ReplicaSets, item).ToList()) store.Delete(replicaSet);
    }

    internal void Stand(FakeKey key, FakeObject workload, RolloutBehaviour behaviour)
    {
        State(key).Stand(behaviour);
        Settle(workload);
    }

    private void Settle(FakeObject workload)
    {
        var state = State(Key(workload));
        if (!state.Stands.IsObserved) return;
        var body = workload.Body.DeepClone().AsObject();
        body["status"] = WorkloadStatus.Of(workload, state, nodes);
        if (workload.Type == FakeResourceType.Deployments) NoteRevision(body, state.Revision);
        var settled = store.Replace(workload, body, FakeWriter.Controller);
        var owners = settled.Type == FakeResourceType.Deployments ? PlaceReplicaSets(settled, state) : [];
        PlacePods(settled, FakePods.Of(settled, state, nodes, owners));
    }

    private static void NoteRevision(JsonObject body, int revision)
    {
        var metadata = body["metadata"]!.AsObject();
        if (metadata["annotations"] is null) metadata["annotations"] = new JsonObject();
        metadata["annotations"]!["deployment.kubernetes.io/revision"] = revision.ToString(CultureInfo.InvariantCulture);
    }

    private Dictionary<string, FakeObject> PlaceReplicaSets(FakeObject deployment, WorkloadState state)
    {
        var wanted = FakeReplicaSets.Of(deployment, state);
        foreach (var old in Owned(FakeResourceType.ReplicaSets, deployment).ToList())
            if (!wanted.ContainsKey(old.Name))
                store.Replace(old, FakeReplicaSets.WithoutPods(old), FakeWriter.Controller);
        return wanted.ToDictionary(
            item => item.Key, item => Place(FakeResourceType.ReplicaSets, deployment, item.Key, item.Value));
    }

    private void PlacePods(FakeObject workload, IReadOnlyDictionary<string, JsonObject> wanted)
    {
        foreach (var pod in Pods(workload).Where(pod => !wanted.ContainsKey(pod.Name)).ToList()) store.Delete(pod);
        foreach (var (name, body) in wanted) Place(FakeResourceType.Pods, workload, name, body);
    }

    private FakeObject Place(FakeResourceType type, FakeObject workload, string name, JsonObject body) =>
        store.Find(type, workload.Namespace, name) is { } item
            ? store.Replace(item, body, FakeWriter.Controller)
            : store.Create(type, workload.Namespace, body, FakeWriter.Controller);

    private string? Refusal(FakeObject workload) => PodSecurity.ViolationOfTemplate(
        version, store.Find(FakeResourceType.Namespaces, "", workload.Namespace)?.Body, Template(workload));

    private IEnumerable<FakeObject> Pods(FakeObject workload) => Owned(FakeResourceType.ReplicaSets, workload)
        .Append(workload)
        .SelectMany(owner => Owned(FakeResourceType.Pods, owner));

    private IEnumerable<FakeObject> Owned(FakeResourceType type, FakeObject owner) =>
        store.List(type, owner.Namespace).Where(item => FakeOwner.UidOf(item) == owner.Uid);

    private static JsonObject Template(FakeObject workload) =>
        workload.Body["spec"]?["template"] as JsonObject
            ?? throw FakeStatusException.BadRequest("spec.template is missing");

    private static long? Generation(FakeObject workload) => (long?)workload.Body["metadata"]!["generation"];

    private static FakeKey Key(FakeObject item) => new(item.Type.Key, item.Namespace, item.Name);
}
