using Tracebloc.ImageRefresh.Notices;

namespace Tracebloc.ImageRefresh;

/// <summary>What one tick did, or in a dry run would have done.</summary>
internal sealed record TickReport(
    DateTimeOffset StartedAt, TimeSpan Elapsed, IReadOnlyList<ImagePlan> Images, RefreshPolicy Policy)
{
    /// <summary>It says what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>No registry was asked.</summary>
    public bool IsRecalled { get; init; }

    /// <summary>The workloads, as they were before the tick did anything.</summary>
    public IReadOnlyList<WorkloadSighting> Workloads { get; init; } = [];

    public IEnumerable<(WorkloadSighting Workload, Happening Happening)> Happenings =>
        from image in Images
        from happening in image.Happenings
        join workload in Workloads on image.Image.Workload equals workload.Workload
        select (workload, happening);

    // Whoever has to act on it comes first: a wrong configuration, then the cluster, then whoever signs, then what is
    // stuck.
    private static readonly int[] GravestFirst =
        [Hosting.ExitCode.Usage, Hosting.ExitCode.Kubernetes, Hosting.ExitCode.Signature, Hosting.ExitCode.Rollout,
            Hosting.ExitCode.Frozen, Hosting.ExitCode.Registry];

    public int ExitCode
    {
        get
        {
            var codes = Images.Select(ExitCodeOf).ToHashSet();
            return GravestFirst.FirstOrDefault(codes.Contains, Hosting.ExitCode.Done);
        }
    }

    private int ExitCodeOf(ImagePlan image) => image.Outcome switch
    {
        Outcome.Misconfigured => Hosting.ExitCode.Usage,
        Outcome.Unreachable => Hosting.ExitCode.Kubernetes,
        // What would be done about it says nothing of how it stands.
        _ when IsRecalled => OfRecord(image.Before),
        Outcome.RolloutFailed or Outcome.RolledBack => Hosting.ExitCode.Rollout,
        Outcome.GaveUp or Outcome.Quarantined => Hosting.ExitCode.Frozen,
        Outcome.Untrusted => Hosting.ExitCode.Signature,
        Outcome.Unresolved or Outcome.Incomplete => OfRecord(image.After),
        Outcome.Held => OfPutOff(image, overdue: Hosting.ExitCode.Frozen),
        Outcome.Waiting or Outcome.Deferred => OfPutOff(image, overdue: Hosting.ExitCode.Rollout),
        // Waited for, repaired or held as it may be: what the registry serves is left alone.
        _ => image.After.GaveUp is null ? Hosting.ExitCode.Done : Hosting.ExitCode.Frozen,
    };

    // A registry that is tolerated must not make a failed or given-up rollout look green meanwhile.
    private int OfRecord(RefreshRecord record) =>
        record.GaveUp is not null ? Hosting.ExitCode.Frozen
        : record.FailedAttempts > 0 || record.Quarantine.Suspect is not null ? Hosting.ExitCode.Rollout
        : record.Failures >= Policy.FailureThreshold ? Hosting.ExitCode.Registry
        : Hosting.ExitCode.Done;

    // Nor must a gate, or whatever has to end first: what they keep out may be the cure.
    private int OfPutOff(ImagePlan image, int overdue) =>
        OfRecord(image.After) is var code and not Hosting.ExitCode.Done ? code
        : image.IsOverdue ? overdue
        : Hosting.ExitCode.Done;
}
