using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Notifications;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>What is to be done about one image: its new record, and whether its digest has to be rolled out.</summary>
internal sealed record ImagePlan
{
    public required TrackedImage Image { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>Why, in words that end up in the report.</summary>
    public required string Message { get; init; }

    /// <summary>What an operator should know although it makes no difference to the outcome.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public RefreshRecord Before { get; init; } = new();

    public RefreshRecord After { get; init; } = new();

    /// <summary>What had become of an earlier rollout, before anything new was decided.</summary>
    public RefreshRecord? Judged { get; init; }

    /// <summary>What the registry serves; null where it was not asked or did not say.</summary>
    public Digest? Latest { get; init; }

    public LiveDigest? Live { get; init; }

    /// <summary>What had to be fetched to judge the latest digest by; null where nothing was.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>The digest that went no further for the want of <see cref="Evidence"/>; null where none did.</summary>
    public Digest? Unjudged { get; init; }

    public bool LacksEvidence => Unjudged is not null;

    /// <summary>The digest that goes into the workload; null where the workload is left alone.</summary>
    public Digest? Target { get; init; }

    /// <summary>Put off so often that it counts as a failure.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>When a gate that keeps the digest out opens by itself; null where it does not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What this tick has to tell of the image, once it is patched.</summary>
    public IReadOnlyList<Notification> Notifications { get; init; } = [];

    public bool Rolls => Target is not null;

    /// <summary>What it says is patched and told.</summary>
    public ImagePlan Done() => this with { Before = After, Judged = null };

    /// <summary>What was patched cannot be followed any further; it remains to be told.</summary>
    public ImagePlan Ending(Outcome outcome, string reason) =>
        Done() with { Outcome = outcome, Message = reason, Target = null };

    /// <summary>All of them in the order of the configuration.</summary>
    public static IReadOnlyList<ImagePlan> InOrder(
        RefreshConfiguration configuration, IEnumerable<IReadOnlyList<ImagePlan>> byWorkload)
    {
        var byName = byWorkload.SelectMany(plans => plans).ToDictionary(plan => plan.Image.Name);
        return [.. configuration.Images.Select(image => byName[image.Name])];
    }
}
