namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>What becomes of the workload when the rollout of a new digest fails.</summary>
public enum OnFailure
{
    /// <summary>It keeps the digest, which is tried again until its attempts are spent.</summary>
    Keep,

    /// <summary>It goes back to the digest it had settled on, and the failed one into quarantine.</summary>
    Rollback,
}
