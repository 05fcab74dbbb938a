using Tracebloc.ImageRefresh.Credentials;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

internal sealed partial class Tick
{
    private static async Task<WorkloadSighting> ObserveAsync(
        RolloutWatch rollouts, PullSecretReader? secrets, WorkloadSighting workload, CancellationToken token)
    {
        var seen = await rollouts.ObserveAsync(workload, token);
        return secrets is not null && seen.Seen is { Workload.Spec.Template.Spec: var pods }
            ? await seen.ReadAsync(async t => seen with { Credentials = await secrets.ReadAsync(pods, t) }, token)
            : seen;
    }

    /// <summary>
    /// Each image once with the same credentials, and only those whose workload could be read: of the others nothing is
    /// known.
    /// </summary>
    private async Task<IReadOnlyDictionary<AskedImage, Resolution>> ResolveAsync(
        IReadOnlyList<WorkloadSighting> workloads, DateTimeOffset now, CancellationToken token)
    {
        var answers = new Dictionary<AskedImage, Resolution>();
        var asked = new HashSet<AskedImage>();
        foreach (var workload in workloads.Where(workload => workload.Seen is not null))
        {
            foreach (var image in workload.Images.Where(image => image.Floats))
            {
                var question = workload.Question(image);
                asked.Add(question);
                if (HeldOff(workload, image, now) is { } limited)
                    answers.TryAdd(question, limited);
            }
        }
        // One workload's record of it is enough, whichever comes first.
        asked.ExceptWith(answers.Keys);
        foreach (var warning in workloads.SelectMany(workload => workload.Credentials.Warnings).Distinct())
            Log.PullSecretWarning(logger, warning);
        foreach (var (question, resolution) in await AskAsync([.. asked], token))
        {
            answers[question] = resolution;
            foreach (var warning in resolution.Warnings)
                Log.RegistryWarning(logger, question.Image.ToString(), warning);
        }
        return answers;
    }

    /// <summary>Those with the same credentials together.</summary>
    private async Task<IEnumerable<(AskedImage Question, Resolution Answer)>> AskAsync(
        IReadOnlyList<AskedImage> questions, CancellationToken token)
    {
        var groups = questions.GroupBy(question => question.Credentials);
        return (await Task.WhenAll(groups.Select(AskGroupAsync))).SelectMany(answers => answers);

        async Task<IEnumerable<(AskedImage, Resolution)>> AskGroupAsync(IGrouping<CredentialStore?, AskedImage> group)
        {
            var client = group.Key is { } own ? registry.With(own) : registry;
            try
            {
                return group.Zip(await client.ResolveAsync([.. group.Select(question => question.Image)], token));
            }
            catch (OperationCanceledException)
            {
                return []; // Unasked, and so unresolved; whether the tick or the caller ended it is told at the end.
            }
        }
    }

    // A registry that named a time is not asked before it, by no tick: retrying keeps some limits from resetting
    // (docker/hub-feedback#2197).
    private static Resolution? HeldOff(WorkloadSighting workload, TrackedImage image, DateTimeOffset now)
    {
        var key = RefreshAnnotations.NotBefore(image.Name);
        if (workload.Seen?.Workload.Metadata.Annotations?.GetValueOrDefault(key) is not { } text
            || HoldOff.Parse(text) is not { } holdOff || !holdOff.Covers(image.Image, now))
            return null;
        return new Resolution
        {
            Verdict = Verdict.Limited,
            Message = $"{image.Image.Domain} asked not to be asked before {RefreshAnnotations.Time(holdOff.Until)}",
            RetryAt = holdOff.Until,
        };
    }

    private static async Task<IReadOnlyList<ImagePlan>> RefreshWorkloadAsync(
        WorkloadRefresher refresher,
        WorkloadSighting workload,
        IReadOnlyList<ImageSighting> sightings,
        bool dryRun,
        CancellationToken token)
    {
        if (workload.Seen is null)
            return workload.Unseen();
        try
        {
            return dryRun
                ? (await refresher.PlanAsync(workload.Seen, sightings, token)).Images
                : await refresher.RefreshAsync(workload.Workload, workload.Seen, sightings, token);
        }
        catch (KubernetesException refused)
        {
            return workload.Unreachable(refused.Message);
        }
        catch (OperationCanceledException)
        {
            return workload.Unreachable(WorkloadSighting.OutOfTime);
        }
    }

    private static List<ImageSighting> Sightings(
        WorkloadSighting workload, IReadOnlyDictionary<AskedImage, Resolution> answers) =>
        [.. workload.Images.Select(image => workload.Sight(image, answers))];
}
