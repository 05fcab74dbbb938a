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
        Place(settled, FakePods.Of(settled, state, nodes));
    }

    private static void NoteRevision(JsonObject body, int revision)
    {
        var metadata = body["metadata"]!.AsObject();
        if (metadata["annotations"] is null) metadata["annotations"] = new JsonObject();
        metadata["annotations"]!["deployment.kubernetes.io/revision"] = revision.ToString(CultureInfo.InvariantCulture);
    }

    private void Place(FakeObject workload, IReadOnlyDictionary<string, JsonObject> wanted)
    {
        foreach (var pod in Pods(workload).Where(pod => !wanted.ContainsKey(pod.Name)).ToList()) store.Delete(pod);
        foreach (var (name, body) in wanted)
            if (store.Find(FakeResourceType.Pods, workload.Namespace, name) is { } pod)
                store.Replace(pod, body, FakeWriter.Controller);
            else
                store.Create(FakeResourceType.Pods, workload.Namespace, body, FakeWriter.Controller);
    }

    private string? Refusal(FakeObject workload) => PodSecurity.ViolationOfTemplate(
        version, store.Find(FakeResourceType.Namespaces, "", workload.Namespace)?.Body, Template(workload));

    private IEnumerable<FakeObject> Pods(FakeObject workload) =>
        store.List(FakeResourceType.Pods, workload.Namespace).Where(pod => FakePods.Owner(pod.Body) == workload.Uid);

    private static JsonObject Template(FakeObject workload) =>
        workload.Body["spec"]?["template"] as JsonObject
            ?? throw FakeStatusException.BadRequest("spec.template is missing");

    private static long? Generation(FakeObject workload) => (long?)workload.Body["metadata"]!["generation"];

    private static FakeKey Key(FakeObject item) => new(item.Type.Plural, item.Namespace, item.Name);
}
