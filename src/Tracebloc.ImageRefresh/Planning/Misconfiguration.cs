using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>The reason why a workload cannot be refreshed as configured; null where it can.</summary>
internal static class Misconfiguration
{
    public static string? Of(TrackedImage image, Workload workload) =>
        OfOnDelete(image, workload) ?? OfOrderedReady(image, workload);

    // As kubectl rollout restart does: the change would lie there until the workload is resumed, and be called failed.
    public static string? OfPaused(TrackedImage image, Workload workload) => workload.Spec.Paused
        ? $"{image.Workload} is paused; resume it with kubectl rollout resume {image.Workload}"
        : null;

    // kubectl rollout status refuses these too: their pods change only when they are deleted by hand.
    private static string? OfOnDelete(TrackedImage image, Workload workload) =>
        workload.Spec.UpdateStrategy?.Type == "OnDelete"
            ? $"{image.Workload} has updateStrategy OnDelete, so a refresh would replace no pod; use RollingUpdate"
            : null;

    // It waits for its broken pod to get ready before it goes back
    // (kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback).
    private static string? OfOrderedReady(TrackedImage image, Workload workload) =>
        image.OnFailure == OnFailure.Rollback && workload.Spec.PodManagementPolicy == "OrderedReady"
            ? $"{image.Workload} has podManagementPolicy OrderedReady and would not go back before its"
                + " broken pod is deleted; use Parallel, or onFailure: keep"
            : null;
}
