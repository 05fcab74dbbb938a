using Tracebloc.ChartUpgrade.Releases;

namespace Tracebloc.ChartUpgrade.Planning;

/// <summary>The steps for a release, in this order, and the report if they succeed.</summary>
internal sealed record UpgradePlan
{
    /// <summary>The revision to roll back to first; null: no rollback.</summary>
    public ReleaseRevision? Recovery { get; init; }

    /// <summary>The version to upgrade to; null: no upgrade.</summary>
    public ChartVersion? Target { get; init; }

    /// <summary>The number of this attempt at the target, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The version before; null when there is none.</summary>
    public ChartVersion? Deployed { get; init; }

    public ChartVersion? Newest { get; init; }

    public required UpgradeOutcome Outcome { get; init; }

    /// <summary>The recovery before the upgrade; empty when there was none.</summary>
    public string Preface { get; init; } = "";

    public required string Message { get; init; }

    /// <summary>A plan to do nothing.</summary>
    public static UpgradePlan Only(UpgradeOutcome outcome, string message) =>
        new() { Outcome = outcome, Message = message };

    /// <summary>The plan without its upgrade, for a run that has no time left for one.</summary>
    public UpgradePlan WithoutUpgrade() => Target is null ? this : this with
    {
        Target = null,
        Outcome = Recovery is null ? UpgradeOutcome.Waiting : UpgradeOutcome.Recovered,
        Message = $"{Message} is left to the next run",
    };

    /// <summary>The plan as it went otherwise.</summary>
    public UpgradePlan Ended(UpgradeOutcome outcome, string message) =>
        this with { Outcome = outcome, Message = message };
}
