using Tracebloc.ChartUpgrade.Options;
using Tracebloc.ChartUpgrade.Planning;
using Tracebloc.Hosting;

namespace Tracebloc.ChartUpgrade.Reporting;

/// <summary>The result of one run, or in a dry run the plan.</summary>
internal sealed record UpgradeReport(
    ChartUpgradeOptions Options, UpgradePlan Plan, DateTimeOffset StartedAt, TimeSpan Elapsed)
{
    public int ExitCode => Plan.Outcome switch
    {
        UpgradeOutcome.NotInstalled or UpgradeOutcome.Misconfigured => ExitCodes.Usage,
        UpgradeOutcome.Unfetched => ExitCodes.Registry,
        UpgradeOutcome.Unreachable => ExitCodes.Kubernetes,
        UpgradeOutcome.RolledBack or UpgradeOutcome.Broken => ExitCodes.Rollout,
        UpgradeOutcome.GaveUp or UpgradeOutcome.Stuck => ExitCodes.Frozen,
        UpgradeOutcome.Unverified => ExitCodes.Signature,
        _ => ExitCodes.Done,
    };

    public string Message => Plan.Preface + Plan.Message;

    /// <summary>One line for people.</summary>
    public string Text() =>
        (Options.DryRun ? "dry run, nothing was changed; a run would report: " : "")
        + $"{Options.Release}  {Name(Plan.Outcome)}  {Message}\n";

    /// <summary>The outcome as people say it: <c>rolled back</c> for <c>RolledBack</c>.</summary>
    public static string Name(UpgradeOutcome outcome) => outcome switch
    {
        UpgradeOutcome.RolledBack => "rolled back",
        UpgradeOutcome.NotInstalled => "not installed",
        UpgradeOutcome.GaveUp => "gave up",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
