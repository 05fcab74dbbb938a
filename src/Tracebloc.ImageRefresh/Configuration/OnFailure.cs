namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The reaction to a failed rollout.</summary>
public enum OnFailure
{
    /// <summary>It keeps the digest, which is tried again until its attempts are spent.</summary>
    Keep,

    /// <summary>It goes back to the digest it had settled on, and the failed one into quarantine.</summary>
    Rollback,
}
