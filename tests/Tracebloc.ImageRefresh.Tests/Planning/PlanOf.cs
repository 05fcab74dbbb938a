using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>Plans in one line: a workload, what the registry says, and what comes of it.</summary>
internal static class PlanOf
{
    public static WorkloadPlan Workload(
        Workload workload, RolloutStatus? rollout, params (TrackedImage Image, Fetched<Digest>? Answer)[] images) =>
        Planner.Plan(
            Some.Seen(workload, rollout ?? RolloutStatus.Settled, images.Select(image => image.Image)),
            [.. images.Select(image => new ImageLookup(image.Image, image.Answer))],
            Some.Policy,
            Some.Now);

    public static WorkloadPlan One(
        TrackedImage image, Workload workload, Digest latest, RolloutStatus? rollout = null) =>
        Workload(workload, rollout, (image, Some.Ok(latest)));

    public static Outcome Outcome(this WorkloadPlan plan) => Assert.Single(plan.Images).Outcome;

    public static string? Annotation(this WorkloadPlan plan, string key)
    {
        Assert.Contains(key, plan.Edit.Annotations.Keys);
        return plan.Edit.Annotations[key];
    }
}
