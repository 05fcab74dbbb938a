using Microsoft.Extensions.Logging;
using Tracebloc.ChartUpgrade.Charts;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.ChartUpgrade.Planning;
using Tracebloc.ChartUpgrade.Releases;

namespace Tracebloc.ChartUpgrade.Verbs;

/// <summary>Observes a release and its repository, plans, and applies the plan.</summary>
internal sealed class ChartUpgrader(
    HelmRelease release, ChartRepository repository, UpgradePolicy policy, TimeProvider time, ILogger logger)
{
    /// <returns>The plan with what became of it.</returns>
    public async Task<UpgradePlan> RunAsync(bool dryRun, CancellationToken token)
    {
        var reading = await release.HistoryAsync(token);
        var settled = dryRun ? reading : await SettleAsync(reading, token);
        if (settled.Error is { } error) return UpgradePlan.Only(UpgradeOutcome.Unreachable, error);
        var offer = await repository.OfferAsync(token);
        var plan = UpgradePlanner.Plan(new(settled.History, offer, time.GetUtcNow()), policy);
        if (settled != reading) plan = plan.WithoutUpgrade();
        return dryRun ? plan : await ApplyAsync(plan, token);
    }

    /// <summary>
    /// Gives an operation that is dated in the future, by a clock that was wrong, the time of one that has just begun.
    /// Unchanged after that it counts as begun when it was first seen; by its own date it would be pending for ever.
    /// </summary>
    private async Task<ReleaseReading> SettleAsync(ReleaseReading reading, CancellationToken token)
    {
        var seen = time.GetUtcNow();
        // A date less far ahead passes by itself before another operation would count as abandoned.
        if (reading.History is not { Last: { IsUnderWay: true } last } || last.Updated - seen < policy.Abandoned)
            return reading;
        Log.Misdated(logger, last.Revision, last.Status, last.Updated, policy.Abandoned);
        await Task.Delay(policy.Abandoned, time, token);
        var later = await release.HistoryAsync(token);
        return later.History is { } history && history.Last == last
            ? later with { History = new([.. history.Revisions.SkipLast(1), last with { Updated = seen }]) }
            : later;
    }

    private async Task<UpgradePlan> ApplyAsync(UpgradePlan plan, CancellationToken token)
    {
        if (plan.Recovery is { } revision)
        {
            Log.RollingBack(logger, revision.Revision, revision.Chart);
            var result = await release.RollbackAsync(revision, token);
            if (!result.Succeeded)
            {
                var why = await release.RedactionAsync(token) is { } redaction
                    ? result.ErrorMessage(redaction)
                    : "helm history shows why";
                return (plan with { Preface = "" }).Ended(
                    UpgradeOutcome.Broken, $"the rollback to revision {revision.Revision} failed: {why}");
            }
        }

        return plan.Target is { } target ? await UpgradeAsync(plan, target, token) : plan;
    }

    private async Task<UpgradePlan> UpgradeAsync(UpgradePlan plan, ChartVersion target, CancellationToken token)
    {
        var (file, error) = await repository.PullAsync(target, token);
        if (error is not null) return plan.Ended(UpgradeOutcome.Unfetched, error);
        if (await repository.VerifyAsync(file, token) is { } fault)
            return plan.Ended(UpgradeOutcome.Unverified, $"{policy.Chart} {target} is not trusted: {fault}");
        if (await release.RedactionAsync(token) is not { } redaction)
            return plan.Ended(UpgradeOutcome.Unreachable, "the release's values cannot be read");
        Log.Upgrading(logger, policy.Chart, $"{plan.Deployed}", $"{target}", plan.Attempt, policy.MaxAttempts);
        var result = await release.UpgradeAsync(file, token);
        return result.Succeeded ? plan : await FailAsync(plan, target, result.ErrorMessage(redaction), token);
    }

    /// <summary>Looks what a failed upgrade has left behind.</summary>
    private async Task<UpgradePlan> FailAsync(
        UpgradePlan plan, ChartVersion target, string error, CancellationToken token)
    {
        var reading = await release.HistoryAsync(token);
        var what = $"{policy.Chart} {plan.Deployed} -> {target}";
        if (reading.History is not { } history)
            return plan.Ended(UpgradeOutcome.Unreachable, $"{what} failed: {error}; afterwards: {reading.Error}");
        var isRecorded = history.FailedAttempts(policy.Chart, target) >= plan.Attempt;
        var attempt = $"attempt {plan.Attempt} of {policy.MaxAttempts}";
        return history.Last.Status switch
        {
            "deployed" when !isRecorded =>
                plan.Ended(UpgradeOutcome.RolledBack, $"{what} was refused before anything changed: {error}"),
            "deployed" =>
                plan.Ended(UpgradeOutcome.RolledBack, $"{what} failed, {attempt}, and was rolled back: {error}"),
            var status =>
                plan.Ended(UpgradeOutcome.Broken, $"{what} failed, {attempt}, and left it {status}: {error}"),
        };
    }
}
