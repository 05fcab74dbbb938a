using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>The one edit of a workload that carries out the plans of its images.</summary>
internal static class EditBuilder
{
    public static WorkloadEdit Build(IReadOnlyList<ImagePlan> plans, WorkloadState seen, int skipStreak)
    {
        var annotations = plans
            .SelectMany(plan => RefreshAnnotations.Changes(plan.Image.Name, plan.Before, plan.After))
            .ToDictionary();
        if (seen.SkipStreak != skipStreak)
            annotations[RefreshAnnotations.SkipStreak] = RefreshAnnotations.Count(skipStreak);
        var rolling = plans.Where(plan => plan.Rolls).ToList();
        return new WorkloadEdit
        {
            Annotations = annotations,
            Containers =
            [
                .. rolling.Select(plan => Set(plan, seen.Workload)).OfType<ContainerEdit>(),
                .. rolling.Select(plan => Unpin(plan, seen.Workload)).OfType<ContainerEdit>(),
            ],
            RestartedAt = rolling.Where(NeedsMark).Select(plan => plan.After.AppliedAt).Max() is { } at
                ? RefreshAnnotations.Time(at)
                : null,
        };
    }

    // Another attempt at the same digest leaves the template as it is: only the mark makes it a rollout.
    private static bool NeedsMark(ImagePlan plan) =>
        plan.Image.Action is RefreshAction.Restart || plan.After.Attempts > 1
        || (plan.Before.Attempts > 0 && plan.Live?.Digest == plan.Target);

    /// <summary>Null where the container holds the digest already, or the action has no value.</summary>
    private static ContainerEdit? Set(ImagePlan plan, Workload workload)
    {
        if (plan.Approved is not { Digest: var target } || plan.Live?.Digest == target)
            return null;
        return plan.Image.Action switch
        {
            RefreshAction.SetEnv(var container, var variable) =>
                new(container, IsInitContainer(workload, container), null, new(variable, target.ToString())),
            RefreshAction.SetImage(var container) => OfImage(workload, container, plan.Image.Image.At(target)),
            _ => plan.After.Pin is { } pin ? OfImage(workload, pin.Container, plan.Image.Image.At(target)) : null,
        };
    }

    /// <summary>
    /// Null where no pin has to be removed. Where another writer has replaced the pin by a tag,
    /// the tag stays; an action that sets the same image replaces the pin itself. The image is the configuration's.
    /// </summary>
    private static ContainerEdit? Unpin(ImagePlan plan, Workload workload) =>
        plan.Pin is { } pin && plan.After.Pin is null && pin.IsIn(workload)
        && plan.Image.Action != new RefreshAction.SetImage(pin.Container)
            ? OfImage(workload, pin.Container, plan.Image.Image.ToString())
            : null;

    private static ContainerEdit OfImage(Workload workload, string container, string image) =>
        new(container, IsInitContainer(workload, container), image, null);

    private static bool IsInitContainer(Workload workload, string name) =>
        workload.Spec.Template.Spec.InitContainers?.Any(container => container.Name == name) ?? false;
}
