using System.Globalization;
using Tracebloc.ChartUpgrade.Charts;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.ChartUpgrade.Releases;
using Tracebloc.Configuration;

namespace Tracebloc.ChartUpgrade.Planning;

/// <summary>From what was observed to what is to be done. Pure.</summary>
internal static class UpgradePlanner
{
    public static UpgradePlan Plan(UpgradeObservation seen, UpgradePolicy policy)
    {
        if (seen.History is not { Last: { Status: not "uninstalled" } last } history)
            return UpgradePlan.Only(
                UpgradeOutcome.NotInstalled, "there is no such release; check --release and --namespace");
        if (last.IsUnderWay && seen.Now - last.Updated < policy.Abandoned)
            return UpgradePlan.Only(
                UpgradeOutcome.Waiting,
                $"{Since(last)}, another helm is at work; abandoned after {Duration.Format(policy.Abandoned)}");
        if (history.Deployed is not { } current)
            return Stuck(last, "and nothing was deployed before: uninstall it and install it again");
        return current.VersionOf(policy.Chart) is { } deployed
            ? Recover(last, current, Compare(history, deployed, seen.Repository, policy))
            : UpgradePlan.Only(
                UpgradeOutcome.Misconfigured,
                $"is of {current.Chart}, not of {policy.Chart} in a version that can be compared; check --chart");
    }

    /// <summary>The recovery that the last revision needs beside an upgrade.</summary>
    private static UpgradePlan Recover(ReleaseRevision last, ReleaseRevision current, UpgradePlan plan)
    {
        var isSettled = plan.Outcome is UpgradeOutcome.Unchanged or UpgradeOutcome.Ahead;
        return last switch
        {
            { Status: "deployed" } => plan,
            { IsPending: true } => plan with
            {
                Recovery = current,
                Outcome = isSettled ? UpgradeOutcome.Recovered : plan.Outcome,
                Preface = $"{Since(last)} and abandoned, rolled back to revision {current.Revision}; ",
            },
            // The upgrade itself mends it: helm starts from the last revision that was deployed.
            { Status: "failed" } when !isSettled => plan,
            _ => Stuck(last, $"and {plan.Message}: roll it back, or upgrade it by hand") with
            {
                Deployed = plan.Deployed,
                Newest = plan.Newest,
            },
        };
    }

    private static UpgradePlan Compare(
        ReleaseHistory history, ChartVersion deployed, RepositoryOffer repository, UpgradePolicy policy)
    {
        var chart = policy.Chart;
        var plan = UpgradePlan.Only(UpgradeOutcome.Unfetched, "") with { Deployed = deployed };
        if (repository.NewestFor(deployed) is not { } newest)
        {
            var reason = repository.Error ?? Unreadable(repository, policy);
            return plan with { Message = reason ?? $"the repository offers no {chart}; check --chart" };
        }

        plan = plan with { Newest = newest };
        return newest.CompareTo(deployed) switch
        {
            // One of them may be the newest.
            <= 0 when Unreadable(repository, policy) is { } message => plan with { Message = message },
            0 => plan.Ended(UpgradeOutcome.Unchanged, $"{chart} {deployed} is the newest"),
            < 0 => plan.Ended(UpgradeOutcome.Ahead, $"{chart} {deployed} is newer than the repository's {newest}"),
            _ => Attempt(history, newest, plan, policy),
        };
    }

    private static string? Unreadable(RepositoryOffer repository, UpgradePolicy policy) =>
        repository.Unreadable is [var first, ..]
            ? $"the repository offers {policy.Chart} \"{first}\", which is not a version that can be compared"
            : null;

    private static UpgradePlan Attempt(
        ReleaseHistory history, ChartVersion target, UpgradePlan plan, UpgradePolicy policy)
    {
        var (chart, failed) = (policy.Chart, history.FailedAttempts(policy.Chart, target));
        return failed < policy.MaxAttempts
            ? plan.Ended(UpgradeOutcome.Upgraded, $"{chart} {plan.Deployed} -> {target}") with
            {
                Target = target,
                Attempt = failed + 1,
            }
            : plan.Ended(UpgradeOutcome.GaveUp, $"{chart} {target} failed {failed} times and is skipped until there "
                + "is another; helm history shows why, helm upgrade by hand retries");
    }

    private static UpgradePlan Stuck(ReleaseRevision last, string remedy) =>
        UpgradePlan.Only(UpgradeOutcome.Stuck, $"{Since(last)} {remedy}");

    private static string Since(ReleaseRevision last) => string.Create(
        CultureInfo.InvariantCulture, $"{last.Status} since {last.Updated.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
}
