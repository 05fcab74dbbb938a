using System.Text.Json.Nodes;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;

namespace Tracebloc.JobsManager.Following;

/// <summary>The ends of a run's pods, taken together.</summary>
internal static class PodEnds
{
    /// <summary>True where another attempt cannot succeed.</summary>
    public static bool AreFinal(IReadOnlyList<V1Pod> pods) =>
        pods.Any(pod => PodFacts.HasFailed(pod) && PodFacts.EndOf(pod)?.IsFinal == true);

    /// <summary>The failed pod whose reason is the run's: a final one, else the last.</summary>
    public static V1Pod? Telling(IReadOnlyList<V1Pod> pods) => pods.Where(PodFacts.HasFailed)
        .OrderBy(pod => PodFacts.EndOf(pod)?.IsFinal == true)
        .ThenBy(PodFacts.EndedAt)
        .LastOrDefault();

    /// <summary>The reason for which a Job has failed.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="waited">The reason for which no pod had started until then; null: one had.</param>
    public static string Reason(V1Job job, IReadOnlyList<V1Pod> pods, string? waited = null)
    {
        var last = Telling(pods);
        if (waited is not null && (last is null || !PodFacts.HasStarted(last))) return waited;
        if (last is not null) return PodFacts.Failure(last);
        return JobOutcomes.ConditionOf(job, "Failed") is { } condition
            ? $"Job {job.Metadata?.Name} failed: {condition.Reason}: {condition.Message}"
            : $"Job {job.Metadata?.Name} failed";
    }

    /// <summary>True where the last attempt has left nothing, and no other pod can have written after it.</summary>
    public static bool AreUndone(IngestionRun run, IReadOnlyList<V1Pod> pods, V1Job job)
    {
        // A shard knows nothing about what the others have left, nor an attempt about one that was killed and is gone.
        if (run.Request.Parallelism > 1 || pods.Any(PodFacts.IsActive)) return false;
        var failed = pods.Where(PodFacts.HasFailed).OrderBy(PodFacts.EndedAt).ToList();
        return failed.Count >= (job.Status?.Failed ?? 0) && failed is [.., var last]
            && PodFacts.EndOf(last)?.IsUndone == true;
    }

    /// <summary>The row with the start of the first pod's container.</summary>
    /// <param name="run">The row.</param>
    /// <param name="pods">The pods of its Job.</param>
    /// <param name="job">The Job where it has ended, whose pods may be gone.</param>
    public static IngestionRun Started(IngestionRun run, IReadOnlyList<V1Pod> pods, V1Job? job) =>
        (pods.Min(PodFacts.StartedAt) ?? job?.Status?.StartTime) is { } at ? RunChanges.Started(run, at) : run;

    /// <summary>The summary of a run of one pod that has registered its data set; null where none has.</summary>
    public static string? RegisteredBy(IngestionRun run, IReadOnlyList<V1Pod> pods) =>
        run.Request.Parallelism == 1 ? Summary(pods) : null;

    /// <summary>The summary of a run that has succeeded.</summary>
    public static string SummaryOf(IngestionRun run, IReadOnlyList<V1Pod> pods, IReadOnlyList<string> remarks)
    {
        if (Summary(pods) is { } summary) return With(summary, remarks);
        var missing = $"The numbers are unknown: no pod of Job {run.JobName} has a summary, or it is gone.";
        return With("{}", [missing, .. remarks]);
    }

    private static string? Summary(IReadOnlyList<V1Pod> pods) =>
        pods.Where(pod => !PodFacts.HasFailed(pod)).Select(pod => PodFacts.EndOf(pod)?.Summary)
            .FirstOrDefault(summary => summary is not null);

    private static string With(string summary, IReadOnlyList<string> remarks)
    {
        if (remarks.Count == 0 || JsonNode.Parse(summary) is not JsonObject read) return summary;
        if (read["remarks"] is not JsonArray list) read["remarks"] = list = [];
        foreach (var remark in remarks)
            list.Add((JsonNode)JsonValue.Create(remark));
        return read.ToJsonString();
    }
}
