using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>The plan for one image: its new record, and whether its digest has to be rolled out.</summary>
internal sealed record ImagePlan
{
    public required TrackedImage Image { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>The reason, as text of the report.</summary>
    public required string Message { get; init; }

    /// <summary>Remarks for the operator that do not change the outcome.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public RefreshRecord Before { get; init; } = new();

    /// <summary>The pin of <see cref="Before"/>, where it is believed.</summary>
    public ImagePin? Pin { get; init; }

    public RefreshRecord After { get; init; } = new();

    /// <summary>The record after an earlier rollout was judged, before anything new was decided.</summary>
    public RefreshRecord? Judged { get; init; }

    /// <summary>The registry's digest; null where it was not asked or did not answer.</summary>
    public Digest? Latest { get; init; }

    public LiveDigest? Live { get; init; }

    /// <summary>The digest that went no further for the want of evidence; null where none did.</summary>
    public Digest? Unjudged { get; init; }

    public bool NeedsEvidence => Unjudged is not null;

    /// <summary>The digest that goes into the workload; null where the workload is left alone.</summary>
    public Approval? Approved { get; init; }

    public Digest? Target => Approved?.Digest;

    /// <summary>Put off so often that it counts as a failure.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>The time at which the closed gate opens by itself; null where it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    public bool Rolls => Approved is not null;

    public static ImagePlan Pinned(TrackedImage image) => new()
    {
        Image = image,
        Outcome = Outcome.Pinned,
        Message = image.Pinned ? "pinned by the configuration" : "given by digest alone",
    };

    /// <summary>The workload lacks what the configuration names: nothing is changed.</summary>
    public static ImagePlan Misconfigured(TrackedImage image, string message) => image.Floats
        ? new ImagePlan { Image = image, Outcome = Outcome.Misconfigured, Message = message }
        : Pinned(image);

    /// <summary>The plan after its patch was accepted.</summary>
    public ImagePlan Done() => this with { Before = After, Judged = null, Unjudged = null };

    /// <summary>The plan after a patch was accepted whose rollout cannot be followed any further.</summary>
    public ImagePlan Misconcluded(string message) => Image.Floats
        ? Done() with { Outcome = Outcome.Misconfigured, Message = message, Approved = null }
        : this;

    public ImagePlan Waiting(string message) => this with { Outcome = Outcome.Waiting, Message = message };

    public ImagePlan GivenUp() => this with
    {
        Outcome = Outcome.GaveUp,
        Message = After is { IsContested: true, Undone: { } undone }
            ? $"given up after {undone.Count} rollouts that were undone in a row, until the value or the registry's"
                + $" digest changes; {After.Error}"
            : $"given up after {After.FailedAttempts} attempts until the registry serves another digest; "
                + $"last error: {After.Error}",
    };

    /// <summary>A registry's failure is tolerated for a while.</summary>
    public ImagePlan Counted(Outcome outcome, string reason, int failures, RefreshPolicy policy) => this with
    {
        Outcome = outcome,
        Message = $"{reason} ({failures} ticks in a row, tolerated below {policy.FailureThreshold})",
        After = After with
        {
            Failures = failures,
            // The error of a failed rollout is worth more than a registry's bad moment, and is reported only once.
            Error = After.FailedAttempts > 0 || After.IsContested ? After.Error : reason,
        },
    };

    /// <summary>A registry that gives no evidence, or no digest, is counted, and not asked before its time.</summary>
    public ImagePlan Unresolved(string reason, DateTimeOffset? retryAt, int failures, RefreshPolicy policy)
    {
        var counted = Counted(Outcome.Unresolved, reason, failures, policy);
        return counted with
        {
            After = counted.After with { NotBefore = retryAt is { } until ? new(until, Image.Image.Domain) : null },
            Until = retryAt,
        };
    }

    /// <summary>
    /// This plan, which leaves a failed digest in place, where the newer one does not go there either: what is noted of
    /// that one is kept.
    /// </summary>
    public ImagePlan Beside(ImagePlan newer) => this with
    {
        After = After.Failures > Before.Failures
            ? newer.After with { Failures = After.Failures, NotBefore = newer.After.NotBefore ?? After.NotBefore }
            : newer.After,
        Unjudged = newer.Unjudged,
        Until = newer.Until ?? Until,
    };

    /// <summary>The manager that last wrote the value that the image's digest belongs in.</summary>
    public string LastWriter(Workload workload) => FieldOwner.LastWriter(
        workload, After.Pin is { } pin ? new TemplateField.Image(pin.Container) : Image.Action.Field);
}
