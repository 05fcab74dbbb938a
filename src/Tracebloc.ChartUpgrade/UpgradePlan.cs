using NuGet.Versioning;

namespace Tracebloc.ChartUpgrade;

/// <summary>What is to be done with a release, in this order, and what is reported if it goes well.</summary>
internal sealed record UpgradePlan
{
    /// <summary>The revision to roll back to first; null: no rollback.</summary>
    public ReleaseRevision? Recovery { get; init; }

    /// <summary>The version to upgrade to; null: no upgrade.</summary>
    public SemanticVersion? Target { get; init; }

    /// <summary>Which attempt at the target this is, counted from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The version before; null when there is none.</summary>
    public SemanticVersion? Deployed { get; init; }

    public SemanticVersion? Newest { get; init; }

    public required UpgradeOutcome Outcome { get; init; }

    /// <summary>What was found and mended before; empty when nothing was.</summary>
    public string Preface { get; init; } = "";

    public required string Message { get; init; }

    /// <summary>A plan to do nothing.</summary>
    public static UpgradePlan Only(UpgradeOutcome outcome, string message) =>
        new() { Outcome = outcome, Message = message };

    /// <summary>The plan as it went otherwise.</summary>
    public UpgradePlan Ended(UpgradeOutcome outcome, string message) =>
        this with { Outcome = outcome, Message = message };
}
