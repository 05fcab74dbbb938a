namespace Tracebloc.ImageRefresh;

/// <summary>The outcome of one image in one tick, or in a plan.</summary>
internal enum Outcome
{
    /// <summary>Left alone: pinned by configuration, or given by digest alone.</summary>
    Pinned,

    /// <summary>The record, the workload and the registry agree.</summary>
    Unchanged,

    /// <summary>First sight: the registry's digest was recorded, nothing was restarted.</summary>
    Recorded,

    /// <summary>First sight of a workload that holds a digest: that digest was recorded.</summary>
    Adopted,

    /// <summary>A rollout that an earlier tick started is complete and was recorded.</summary>
    Settled,

    /// <summary>A newer digest was rolled out.</summary>
    Refreshed,

    /// <summary>The recorded digest was changed or removed from outside and was set again.</summary>
    Repaired,

    /// <summary>A digest whose rollout had failed was rolled out again.</summary>
    Retried,

    /// <summary>A rollout is under way; the next tick looks again.</summary>
    Waiting,

    /// <summary>The registry could not be asked.</summary>
    Unresolved,

    /// <summary>The rollout failed; the next tick tries again.</summary>
    RolloutFailed,

    /// <summary>All attempts at this digest are spent; nothing happens until the registry serves another.</summary>
    GaveUp,

    /// <summary>The workload lacks what the configuration names.</summary>
    Misconfigured,

    /// <summary>The API server could not be asked, or refused.</summary>
    Unreachable,

    /// <summary>Too little of the tick was left to watch a rollout to its end.</summary>
    Deferred,

    /// <summary>A gate keeps the newer digest out for now.</summary>
    Held,

    /// <summary>The newer digest is not there for every platform that is wanted.</summary>
    Incomplete,

    /// <summary>The digest is not signed as it has to be.</summary>
    Untrusted,

    /// <summary>The newer digest changes other platforms only: recorded, nothing restarted.</summary>
    Skipped,

    /// <summary>The rollout failed; the workload went back to the digest it had settled on.</summary>
    RolledBack,

    /// <summary>The registry serves a digest that was rolled back; it is not applied again.</summary>
    Quarantined,

    /// <summary>No tick has recorded anything of it; only where no registry is asked.</summary>
    Unseen,
}
