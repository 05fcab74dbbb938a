namespace Tracebloc.JobsManager.Jobs;

/// <summary>The end of a Job.</summary>
internal enum JobOutcome
{
    /// <summary>It has not ended.</summary>
    None,

    Complete,

    Failed,
}

/// <summary>Reads the end of a Job from its conditions.</summary>
internal static class JobOutcomes
{
    public static JobOutcome OutcomeOf(V1Job job) => ConditionOf(job, "Complete") is not null ? JobOutcome.Complete
        : ConditionOf(job, "Failed") is not null ? JobOutcome.Failed
        : JobOutcome.None;

    /// <summary>A condition that is true; null where it is not.</summary>
    public static V1Condition? ConditionOf(V1Job job, string type) =>
        job.Status?.Conditions?.FirstOrDefault(each => each.Type == type && each.Status == "True");
}
