using Tracebloc.Kubernetes;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

internal sealed partial class Tick
{
    /// <summary>Each image once, and only those whose workload could be read: of the others nothing is known.</summary>
    private async Task<IReadOnlyDictionary<ImageReference, Resolution>> ResolveAsync(
        IReadOnlyList<WorkloadSighting> workloads, DateTimeOffset now, CancellationToken token)
    {
        var answers = new Dictionary<ImageReference, Resolution>();
        var asked = new List<ImageReference>();
        foreach (var workload in workloads.Where(workload => workload.Seen is not null))
        {
            foreach (var image in workload.Images.Where(image => image.Floats && !answers.ContainsKey(image.Image)))
            {
                if (HeldOff(workload, image, now) is { } limited)
                    answers.Add(image.Image, limited);
                else if (!asked.Contains(image.Image))
                    asked.Add(image.Image);
            }
        }
        foreach (var (image, resolution) in asked.Zip(await AskAsync(asked, token)))
        {
            answers[image] = resolution;
            foreach (var warning in resolution.Warnings)
                Log.RegistryWarning(logger, image.ToString(), warning);
        }
        return answers;
    }

    private async Task<IReadOnlyList<Resolution>> AskAsync(
        IReadOnlyList<ImageReference> images, CancellationToken token)
    {
        try
        {
            return images.Count == 0 ? [] : await registry.ResolveAsync(images, token);
        }
        catch (OperationCanceledException)
        {
            return []; // Unasked, and so unresolved; whether the tick or the caller ended it is told at the end.
        }
    }

    // A registry that named a time is not asked before it, by no tick: retrying keeps some limits from resetting
    // (docker/hub-feedback#2197).
    private static Resolution? HeldOff(WorkloadSighting workload, TrackedImage image, DateTimeOffset now)
    {
        var annotations = workload.Seen?.Workload.Metadata.Annotations;
        if (annotations?.ContainsKey(RefreshAnnotations.NotBefore(image.Name)) != true
            || !DateTimeOffset.TryParse(annotations[RefreshAnnotations.NotBefore(image.Name)], out var until)
            || until <= now)
            return null;
        return new Resolution
        {
            Verdict = Verdict.Limited,
            Message = $"{image.Image.Domain} asked not to be asked before {RefreshAnnotations.Time(until)}",
            RetryAt = until,
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
        WorkloadSighting workload, IReadOnlyDictionary<ImageReference, Resolution> answers) =>
        [.. workload.Images.Select(image => new ImageSighting(image, answers.GetValueOrDefault(image.Image)))];
}
