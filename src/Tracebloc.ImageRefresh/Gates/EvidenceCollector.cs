using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Gates;

/// <summary>Fetches what gates want to know of the digests that everything else lets pass.</summary>
internal sealed class EvidenceCollector(RegistryClient registry, WorkloadApi api)
{
    private readonly PlatformInspector _platforms = new(registry, api);

    /// <summary>The sightings, with evidence where the plan went no further for the want of it.</summary>
    public Task<ImageSighting[]> CollectAsync(
        Workload workload, WorkloadPlan plan, IReadOnlyList<ImageSighting> sightings, CancellationToken token) =>
        Task.WhenAll(sightings.Zip(plan.Images, (sighting, image) => image.LacksEvidence
            ? CollectAsync(workload, image, sighting, token)
            : Task.FromResult(sighting)));

    // Who asks a registry for what it does not hand out has asked in vain: it is unresolved.
    private async Task<ImageSighting> CollectAsync(
        Workload workload, ImagePlan plan, ImageSighting sighting, CancellationToken token)
    {
        var evidence = new Evidence();
        if (plan is { Latest: { } latest, Image.Gates.Platforms: { } options })
        {
            var platforms = await _platforms.InspectAsync(plan, latest, options, workload, token);
            if (!platforms.IsOk)
                return sighting with { Resolution = Unresolved(platforms) };
            evidence = evidence with { Platforms = platforms.Value };
        }
        return sighting with { Evidence = evidence };
    }

    private static Resolution Unresolved<T>(Fetched<T> failed) where T : class =>
        new() { Verdict = failed.Verdict, Message = failed.Message, RetryAt = failed.RetryAt };
}
