using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>The outcome of one image in a tick, or the expected one of a dry run.</summary>
internal sealed record ImageResult
{
    public required TrackedImage Image { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>The reason, as text of the report.</summary>
    public required string Message { get; init; }

    /// <summary>Remarks for the operator that do not change the outcome.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The record that the outcome leaves behind, or in a dry run would leave.</summary>
    public RefreshRecord Record { get; init; } = new();

    /// <summary>The record that stands on the workload; the same but in a dry run.</summary>
    public RefreshRecord Recorded { get; init; } = new();

    /// <summary>The digest that the registry serves; null where it was not asked or did not say.</summary>
    public Digest? Latest { get; init; }

    /// <summary>
    /// The value in the pod template when it was read; null where there is none, or a variable holds no digest.
    /// </summary>
    public string? Live { get; init; }

    /// <summary>The digest that is, or would be, rolled out, and has not settled; null where none is.</summary>
    public Digest? Target { get; init; }

    /// <summary>Put off so often that it counts as a failure.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>The time at which the closed gate opens by itself; null where it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The changes that were patched, in order.</summary>
    public IReadOnlyList<ImageChange> Changes { get; init; } = [];

    /// <summary>The plan of a tick that changes nothing.</summary>
    public static ImageResult Planned(ImagePlan plan) => Of(plan) with { Recorded = plan.Before };

    /// <summary>A plan that was carried out.</summary>
    public static ImageResult Of(ImagePlan plan) => new()
    {
        Image = plan.Image,
        Outcome = plan.Outcome,
        Message = plan.Message,
        Warnings = plan.Warnings,
        Record = plan.After,
        Recorded = plan.After,
        Latest = plan.Latest,
        Live = plan.Live?.Printable,
        Target = plan.Target,
        IsOverdue = plan.IsOverdue,
        Until = plan.Until,
    };

    /// <summary>The workload could not be read, or not followed any further.</summary>
    public ImageResult Unreachable(string reason) =>
        Image.Floats ? this with { Outcome = Outcome.Unreachable, Message = reason, Target = null } : this;

    /// <summary>All of them in the order of the configuration.</summary>
    public static IReadOnlyList<ImageResult> InOrder(
        RefreshConfiguration configuration, IEnumerable<IReadOnlyList<ImageResult>> byWorkload)
    {
        var byName = byWorkload.SelectMany(results => results).ToDictionary(result => result.Image.Name);
        return [.. configuration.Images.Select(image => byName[image.Name])];
    }
}
