using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The content of one PATCH: annotations of the workload itself, and changes to its pod template.</summary>
internal sealed record WorkloadEdit
{
    /// <summary>Null removes an annotation.</summary>
    public IReadOnlyDictionary<string, string?> Annotations { get; init; } = new Dictionary<string, string?>();

    public IReadOnlyList<ContainerEdit> Containers { get; init; } = [];

    /// <summary>The pod template's restart mark; null leaves it.</summary>
    public string? RestartedAt { get; init; }

    public bool ChangesTemplate => Containers.Count > 0 || RestartedAt is not null;

    public bool IsEmpty => Annotations.Count == 0 && !ChangesTemplate;

    public static WorkloadEdit Of(IReadOnlyList<ImagePlan> plans, Workload workload, int skipStreak)
    {
        var annotations = plans
            .SelectMany(plan => RefreshAnnotations.Changes(plan.Image.Name, plan.Before, plan.After))
            .ToDictionary();
        if (RefreshAnnotations.ReadSkipStreak(workload.Metadata.Annotations) != skipStreak)
            annotations[RefreshAnnotations.SkipStreak] = RefreshAnnotations.Count(skipStreak);
        var rolling = plans.Where(plan => plan.Rolls).ToList();
        return new WorkloadEdit
        {
            Annotations = annotations,
            Containers =
            [
                .. rolling.Select(plan => ContainerEdit.Of(plan, workload)).OfType<ContainerEdit>(),
                .. rolling.Select(plan => ContainerEdit.Unpin(plan, workload)).OfType<ContainerEdit>(),
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
}

/// <summary>One container's new image, or one of its variables' new value.</summary>
internal sealed record ContainerEdit(
    string Container, bool IsInit, string? Image, KeyValuePair<string, string>? Variable)
{
    /// <summary>Null where the container holds the digest already, or the action has no value.</summary>
    public static ContainerEdit? Of(ImagePlan plan, Workload workload)
    {
        if (plan.Target is not { } target || plan.Live?.Digest == target)
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
    /// Null where nothing is pinned that shall be no longer. Where somebody has put a tag in the pin's place since,
    /// that is theirs to keep; an action that sets the same image does so by itself.
    /// </summary>
    public static ContainerEdit? Unpin(ImagePlan plan, Workload workload) =>
        plan.Before.Pin is { } pin && plan.After.Pin is null && pin.IsIn(workload)
        && plan.Image.Action != new RefreshAction.SetImage(pin.Container)
            ? OfImage(workload, pin.Container, pin.Image)
            : null;

    private static ContainerEdit OfImage(Workload workload, string container, string image) =>
        new(container, IsInitContainer(workload, container), image, null);

    private static bool IsInitContainer(Workload workload, string name) =>
        workload.Spec.Template.Spec.InitContainers?.Any(container => container.Name == name) ?? false;
}
