using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>
/// Detects by its pods that a rollout cannot succeed, minutes before the progress deadline does
/// (a StatefulSet or DaemonSet has none at all).
/// </summary>
internal static class PodTrouble
{
    private static readonly string[] Hopeless =
        ["ImagePullBackOff", "InvalidImageName", "CrashLoopBackOff", "CreateContainerConfigError"];

    /// <summary>The reason why the workload's new pods cannot start; null while they may.</summary>
    /// <exception cref="KubernetesException">Pods, or the ReplicaSets of a Deployment, cannot be read.</exception>
    public static async Task<string?> FindAsync(
        WorkloadApi api, WorkloadReference reference, Workload workload, CancellationToken token) =>
        await FindAsync(
            reference,
            workload,
            await api.ListPodsAsync(workload, token),
            asked => api.ListReplicaSetsAsync(workload, asked),
            token);

    /// <summary>The same of pods that have been read.</summary>
    /// <param name="replicaSets">Reads those of a Deployment, once and only if a hopeless pod may be its own.</param>
    internal static async Task<string?> FindAsync(
        WorkloadReference reference,
        Workload workload,
        IEnumerable<Pod> pods,
        Func<CancellationToken, Task<IReadOnlyList<ReplicaSet>>> replicaSets,
        CancellationToken token)
    {
        var controller = reference.Kind == WorkloadKind.Deployment ? "ReplicaSet" : $"{reference.Kind}";
        var hopeless = pods
            .Where(pod => pod.Metadata.Controller is { ApiVersion: "apps/v1" } owner && owner.Kind == controller)
            .Where(pod => TroubleOf(pod) is not null && IsOf(workload.Spec.Template, pod))
            .ToList();
        if (hopeless.Count == 0 || workload.Metadata.Uid is not { } uid)
            return null;
        var owners = reference.Kind == WorkloadKind.Deployment ? OwnedBy(uid, await replicaSets(token)) : [uid];
        var found = hopeless.FirstOrDefault(pod => owners.Contains(pod.Metadata.Controller?.Uid));
        return found is null ? null : TroubleOf(found);
    }

    // A label or a name says nothing: every pod of the namespace may carry the workload's.
    private static IReadOnlyList<string?> OwnedBy(string uid, IEnumerable<ReplicaSet> replicaSets) =>
        [.. replicaSets
            .Select(replicaSet => replicaSet.Metadata)
            .Where(metadata => metadata.Uid is not null && metadata.Controller?.Uid == uid)
            .Select(metadata => metadata.Uid)];

    private static string? TroubleOf(Pod pod) => (pod.Status.InitContainerStatuses ?? [])
        .Concat(pod.Status.ContainerStatuses ?? [])
        .Where(container => Hopeless.Contains(container.State?.Waiting?.Reason))
        .Select(container => $"{container.State?.Waiting?.Reason} in container {container.Name}"
            + (container.State?.Waiting?.Message is { Length: > 0 } message ? $": {message}" : ""))
        .FirstOrDefault();

    // An old pod's trouble is what the refresh may be about to cure. Admission may add containers and annotations to a
    // pod, so those of the template have to be there, not to be all there is.
    private static bool IsOf(PodTemplate template, Pod pod) =>
        (template.Metadata?.Annotations ?? new Dictionary<string, string>()).All(annotation =>
            pod.Metadata.Annotations?.GetValueOrDefault(annotation.Key) == annotation.Value)
        && template.Spec.Containers.All(wanted => pod.Spec.Containers.Any(found => IsSame(wanted, found)));

    private static bool IsSame(Container wanted, Container found) =>
        wanted.Name == found.Name
        && wanted.Image == found.Image
        && (wanted.Env ?? []).All(variable => variable.ValueFrom is not null
            || (found.Env ?? []).Any(env => env.Name == variable.Name && (env.Value ?? "") == (variable.Value ?? "")));
}
