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

    public static string? Find(WorkloadReference reference, Workload workload, IEnumerable<Pod> pods) => pods
        .Where(pod => IsOwned(reference, workload, pod.Metadata) && IsOf(workload.Spec.Template, pod))
        .SelectMany(pod => (pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.ContainerStatuses ?? []))
        .Where(container => Hopeless.Contains(container.State?.Waiting?.Reason))
        .Select(container => $"{container.State?.Waiting?.Reason} in container {container.Name}"
            + (container.State?.Waiting?.Message is { Length: > 0 } message ? $": {message}" : ""))
        .FirstOrDefault();

    // A label says nothing: every pod of the namespace may carry the workload's. Between a Deployment and its pods
    // stands a ReplicaSet, which is known by its name: reading it would need another permission, and the garbage
    // collector removes pods of an owner that does not exist.
    private static bool IsOwned(WorkloadReference reference, Workload workload, V1ObjectMeta pod) =>
        pod.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { ApiVersion: "apps/v1" } owner
        && (reference.Kind == WorkloadKind.Deployment
            ? owner.Kind == "ReplicaSet"
                && pod.Labels?.GetValueOrDefault("pod-template-hash") is { Length: > 0 } hash
                && owner.Name == $"{reference.Name}-{hash}"
            : owner.Uid is not null && owner.Uid == workload.Metadata.Uid);

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
