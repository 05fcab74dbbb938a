using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>The change that one patch made to the record of one image.</summary>
internal sealed record ImageChange
{
    public required TrackedImage Image { get; init; }

    /// <summary>The workload that was patched, as it was before.</summary>
    public required Workload Workload { get; init; }

    /// <summary>The time of the decision.</summary>
    public required DateTimeOffset At { get; init; }

    public required Outcome Outcome { get; init; }

    public required string Message { get; init; }

    public required RefreshRecord Before { get; init; }

    public required RefreshRecord After { get; init; }

    /// <summary>The outcome of an earlier rollout, before anything new was decided.</summary>
    public RefreshRecord? Judged { get; init; }

    /// <summary>The digest that the patch rolls out; null where it rolls out none.</summary>
    public Digest? Target { get; init; }

    public bool Rolls => Target is not null;

    public static ImageChange Of(ImagePlan plan, Workload workload, DateTimeOffset at) => new()
    {
        Image = plan.Image,
        Workload = workload,
        At = at,
        Outcome = plan.Outcome,
        Message = plan.Message,
        Before = plan.Before,
        After = plan.After,
        Judged = plan.Judged,
        Target = plan.Target,
    };
}
