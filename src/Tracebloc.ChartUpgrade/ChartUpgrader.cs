using Microsoft.Extensions.Logging;
using NuGet.Versioning;

namespace Tracebloc.ChartUpgrade;

/// <summary>Observes a release and its repository, plans, and applies the plan.</summary>
internal sealed class ChartUpgrader(
    HelmRelease release, ChartRepository repository, UpgradePolicy policy, TimeProvider time, ILogger logger)
{
    /// <returns>The plan with what became of it.</returns>
    public async Task<UpgradePlan> RunAsync(bool dryRun, CancellationToken token)
    {
        var reading = await release.HistoryAsync(token);
        if (reading.Error is { } error) return UpgradePlan.Only(UpgradeOutcome.Unreachable, error);
        var offer = await repository.OfferAsync(token);
        var plan = UpgradePlanner.Plan(new(reading.History, offer, time.GetUtcNow()), policy);
        return dryRun ? plan : await ApplyAsync(plan, token);
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
                    ? result.Complaint(redaction)
                    : "helm history says why";
                return (plan with { Preface = "" }).Ended(
                    UpgradeOutcome.Broken, $"the rollback to revision {revision.Revision} failed: {why}");
            }
        }

        return plan.Target is { } target ? await UpgradeAsync(plan, target, token) : plan;
    }

    private async Task<UpgradePlan> UpgradeAsync(UpgradePlan plan, SemanticVersion target, CancellationToken token)
    {
        var (file, error) = await repository.PullAsync(target, token);
        if (error is not null) return plan.Ended(UpgradeOutcome.Unfetched, error);
        if (await repository.DoubtAsync(file, token) is { } doubt)
            return plan.Ended(UpgradeOutcome.Unverified, $"{policy.Chart} {target} is not trusted: {doubt}");
        if (await release.RedactionAsync(token) is not { } redaction)
            return plan.Ended(UpgradeOutcome.Unreachable, "the release's values cannot be read");
        Log.Upgrading(logger, policy.Chart, $"{plan.Deployed}", $"{target}", plan.Attempt, policy.MaxAttempts);
        var result = await release.UpgradeAsync(file, token);
        return result.Succeeded ? plan : await FailAsync(plan, target, result.Complaint(redaction), token);
    }

    /// <summary>Looks what a failed upgrade has left behind.</summary>
    private async Task<UpgradePlan> FailAsync(
        UpgradePlan plan, SemanticVersion target, string complaint, CancellationToken token)
    {
        var reading = await release.HistoryAsync(token);
        var what = $"{policy.Chart} {plan.Deployed} -> {target}";
        if (reading.History is not { } history)
            return plan.Ended(UpgradeOutcome.Unreachable, $"{what} failed: {complaint}; afterwards: {reading.Error}");
        var isRecorded = history.FailedAttempts(policy.Chart, target) >= plan.Attempt;
        var attempt = $"attempt {plan.Attempt} of {policy.MaxAttempts}";
        return history.Last.Status switch
        {
            "deployed" when !isRecorded =>
                plan.Ended(UpgradeOutcome.RolledBack, $"{what} was refused before anything changed: {complaint}"),
            "deployed" =>
                plan.Ended(UpgradeOutcome.RolledBack, $"{what} failed, {attempt}, and was rolled back: {complaint}"),
            var status =>
                plan.Ended(UpgradeOutcome.Broken, $"{what} failed, {attempt}, and left it {status}: {complaint}"),
        };
    }
}
