using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>The facts that all images of one workload are planned by.</summary>
internal sealed record Scene(WorkloadState Seen, RolloutJudge Judge, RefreshPolicy Policy, DateTimeOffset Now)
{
    /// <summary>True when enough of the tick is left to watch a rollout to its end.</summary>
    public bool MayRoll { get; init; } = true;

    /// <summary>No registry was asked: by the records alone.</summary>
    public bool IsFromRecords { get; init; }

    /// <summary>The image whose turn it is, where only one may roll out its digest; null where all may.</summary>
    public string? Turn { get; init; }

    public Workload Workload => Seen.Workload;

    public RolloutStatus Rollout => Judge.Rollout;

    /// <summary>One more tick without progress is one too many.</summary>
    public bool IsOverdue => Seen.SkipStreak + 1 >= Policy.FailureThreshold;

    public Candidate Candidate(ImagePlan plan, Digest target) =>
        new(plan.Image, target, plan.After, Workload, Now)
        {
            Policy = Policy,
            Evidence = Seen.Evidence.Of(plan.Image, target),
        };
}
