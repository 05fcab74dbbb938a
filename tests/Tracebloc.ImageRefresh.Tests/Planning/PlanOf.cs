using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
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

    /// <summary>By evidence about digests of the image: a signature, or platforms.</summary>
    public static WorkloadPlan Judged(
        TrackedImage image,
        Workload workload,
        Digest latest,
        RolloutStatus? rollout,
        params (Digest Digest, Evidence Evidence)[] found) =>
        Planner.Plan(
            Some.Seen(workload, rollout ?? RolloutStatus.Settled, image).Judged(image, found),
            [new(image, Some.Ok(latest))],
            Some.Policy,
            Some.Now);

    public static WorkloadState Judged(
        this WorkloadState seen, TrackedImage image, params (Digest Digest, Evidence Evidence)[] found) => seen with
        {
            Evidence = found.Aggregate(
                seen.Evidence,
                (book, each) => book.With(image, each.Digest, new() { Verdict = Verdict.Ok, Value = each.Evidence })),
        };

    public static Outcome Outcome(this WorkloadPlan plan) => Assert.Single(plan.Images).Outcome;

    public static string? Annotation(this WorkloadPlan plan, string key)
    {
        Assert.Contains(key, plan.Edit.Annotations.Keys);
        return plan.Edit.Annotations[key];
    }
}
