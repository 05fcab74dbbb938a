using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Tests.Following;

/// <summary>Jobs and pods as the API server shows them.</summary>
internal static class Seen
{
    public const string Uid = "uid-1";

    public const string Summary = """{"registered":true,"remarks":[]}""";

    public static V1Job Job { get; } = new()
    {
        Metadata = new V1ObjectMeta { Name = Some.Run().JobName, Uid = Uid, CreationTimestamp = Some.Time },
        Spec = new V1JobSpec { BackoffLimit = 3 },
        Status = new V1JobStatus { StartTime = Some.Time },
    };

    public static V1Job UndoJob { get; } = Job with
    {
        Metadata = new V1ObjectMeta { Name = Some.Run().UndoJobName, Uid = "uid-2", CreationTimestamp = Some.Time },
    };

    public static V1Job With(
        this V1Job job, string condition, string? reason = null, string? message = null) => job with
        {
            Status = new V1JobStatus
            {
                StartTime = Some.Time,
                CompletionTime = condition == "Complete" ? Some.Time.AddMinutes(5) : null,
                Conditions =
                    [new V1Condition { Type = condition, Status = "True", Reason = reason, Message = message }],
            },
        };

    public static V1Job Ending(this V1Job job) =>
        job with { Metadata = job.Metadata! with { DeletionTimestamp = Some.Time } };

    public static V1Pod Running { get; } = Pod("Running", new V1ContainerState { Running = new V1Running(Some.Time) });

    public static V1Pod New { get; } = Pod("Pending", null);

    public static V1Pod Waits(string reason, string? message = null) =>
        Pod("Pending", new V1ContainerState { Waiting = new V1Waiting(reason, message) });

    public static V1Pod Ends(RunEnd end, int minute = 1) => Ends(end.ExitCode, end.Json(), minute: minute);

    public static V1Pod Ends(int exitCode, string? message = null, string? reason = null, int minute = 1) => Pod(
        exitCode == 0 ? "Succeeded" : "Failed",
        new V1ContainerState
        {
            Terminated = new V1Terminated
            {
                ExitCode = exitCode,
                Reason = reason ?? (exitCode == 0 ? "Completed" : "Error"),
                Message = message,
                StartedAt = Some.Time,
                FinishedAt = Some.Time.AddMinutes(minute),
            },
        });

    public static V1Pod Evicted { get; } = New with
    {
        Status = new V1PodStatus
        {
            Phase = "Failed",
            Reason = "Evicted",
            Message = "The node was low on resource: memory.",
        },
    };

    public static V1Pod Unschedulable { get; } = New with
    {
        Status = new V1PodStatus
        {
            Phase = "Pending",
            Conditions =
            [
                new V1Condition
                {
                    Type = "PodScheduled",
                    Status = "False",
                    Reason = "Unschedulable",
                    Message = "0/1 nodes are available",
                },
            ],
        },
    };

    private static V1Pod Pod(string phase, V1ContainerState? state) => new()
    {
        Metadata = new V1ObjectMeta { Name = "ingest-job-x", CreationTimestamp = Some.Time },
        Status = new V1PodStatus
        {
            Phase = phase,
            ContainerStatuses = state is null ? [] : [new V1ContainerStatus("ingestor", state)],
        },
    };
}
