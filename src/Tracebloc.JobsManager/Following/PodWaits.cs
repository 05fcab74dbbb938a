using Tracebloc.JobsManager.Jobs;

namespace Tracebloc.JobsManager.Following;

/// <summary>The waits of a Job's pods, taken together.</summary>
internal static class PodWaits
{
    private static readonly TimeSpan Longest = new Deadlines().PodStart;

    /// <summary>The reason for which no pod has started for long; null while one may still, or has.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="before">The last such reason; of two about the image, which come in turn, the first stays.</param>
    /// <param name="now">The time.</param>
    public static string? Trouble(V1Job job, IReadOnlyList<V1Pod> pods, string? before, DateTimeOffset now)
    {
        var waits = pods.Where(PodFacts.IsActive).Select(pod => PodFacts.Trouble(pod, now)).FirstOrDefault(
            text => text is not null);
        if (waits is not null) return IsOfPull(waits) && IsOfPull(before) ? before : waits;
        return pods.Count == 0 && IsOlder(job, now)
            ? $"Job {job.Metadata?.Name} has no pod yet; see the Events of the Job"
            : null;
    }

    /// <summary>True where no container has started within <see cref="Deadlines.PodStart"/>.</summary>
    public static bool AreTooLong(V1Job job, IReadOnlyList<V1Pod> pods, DateTimeOffset now)
    {
        if (pods.Any(pod => PodFacts.IsActive(pod) && PodFacts.HasStarted(pod))) return false;
        // The pod after one that has failed has the same time as the first.
        var since = pods.Any(PodFacts.HasStarted)
            ? pods.Where(PodFacts.IsActive).Max(pod => pod.Metadata?.CreationTimestamp)
            : job.Metadata?.CreationTimestamp;
        return now - since >= Longest;
    }

    /// <summary>True for a Job whose pods have had time to start.</summary>
    public static bool IsOlder(V1Job job, DateTimeOffset now) =>
        now - job.Metadata?.CreationTimestamp >= PodFacts.Patience;

    private static bool IsOfPull(string? error) =>
        error?.StartsWith(PodFacts.PullTrouble, StringComparison.Ordinal) == true;
}
