using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>The result of one tick, or the plan of a dry run.</summary>
internal sealed record TickResult(
    DateTimeOffset StartedAt, TimeSpan Elapsed, IReadOnlyList<ImageResult> Images, RefreshPolicy Policy)
{
    /// <summary>The report shows a dry run.</summary>
    public bool DryRun { get; init; }

    /// <summary>No registry was asked.</summary>
    public bool IsFromRecords { get; init; }

    /// <summary>The workloads, as they were before the tick did anything.</summary>
    public IReadOnlyList<WorkloadObservation> Workloads { get; init; } = [];

    // In the order in which it has to be acted on: the configuration, the cluster, the signatures, then what is stuck.
    private static readonly int[] GravestFirst =
        [ExitCodes.Usage, ExitCodes.Kubernetes, ExitCodes.Signature, ExitCodes.Rollout,
            ExitCodes.Frozen, ExitCodes.Registry];

    public int ExitCode
    {
        get
        {
            var codes = Images.Select(ExitCodeOf).ToHashSet();
            return GravestFirst.FirstOrDefault(codes.Contains, ExitCodes.Done);
        }
    }

    private int ExitCodeOf(ImageResult image) => image.Outcome switch
    {
        Outcome.Misconfigured => ExitCodes.Usage,
        Outcome.Unreachable => ExitCodes.Kubernetes,
        // The planned action is not the recorded state.
        _ when IsFromRecords => OfRecord(image.Recorded),
        Outcome.RolloutFailed or Outcome.RolledBack => ExitCodes.Rollout,
        Outcome.GaveUp or Outcome.Quarantined => ExitCodes.Frozen,
        Outcome.Untrusted => ExitCodes.Signature,
        Outcome.Unresolved or Outcome.Incomplete => OfRecord(image.Record),
        Outcome.Held => OfPutOff(image, overdue: ExitCodes.Frozen),
        Outcome.Waiting or Outcome.Deferred => OfPutOff(image, overdue: ExitCodes.Rollout),
        // Waited for, repaired or held as it may be: what the registry serves is left alone.
        _ => image.Record.GaveUp is null ? ExitCodes.Done : ExitCodes.Frozen,
    };

    // A registry that is tolerated must not make a failed or given-up rollout look green meanwhile.
    private int OfRecord(RefreshRecord record) =>
        record.GaveUp is not null ? ExitCodes.Frozen
        : record.FailedAttempts > 0 || record.Quarantine.Suspect is not null ? ExitCodes.Rollout
        : record.Failures >= Policy.FailureThreshold ? ExitCodes.Registry
        : ExitCodes.Done;

    // A gate, or a rollout to wait for, must not either: the digest that they hold back may be the cure.
    private int OfPutOff(ImageResult image, int overdue) =>
        OfRecord(image.Record) is var code and not ExitCodes.Done ? code
        : image.IsOverdue ? overdue
        : ExitCodes.Done;
}
