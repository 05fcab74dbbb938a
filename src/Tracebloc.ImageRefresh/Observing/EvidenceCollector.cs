using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Planning;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Fetches what gates want to know of the digests that everything else lets pass.</summary>
internal sealed class EvidenceCollector(RegistryClient registry, WorkloadApi api)
{
    private readonly PlatformInspector _platforms = new(registry, api);

    // What verifies signatures is not even loaded until a digest has to have one.
    private readonly Lazy<SignatureInspector> _signatures = new(() => new(registry));

    /// <summary>The sightings, with evidence where the plan went no further for the want of it.</summary>
    public Task<ImageLookup[]> CollectAsync(
        Workload workload, WorkloadPlan plan, IReadOnlyList<ImageLookup> sightings, CancellationToken token) =>
        Task.WhenAll(sightings.Zip(plan.Images, (sighting, image) => image.Unjudged is { } digest
            ? CollectAsync(workload, image, digest, sighting, token)
            : Task.FromResult(sighting)));

    // Who asks a registry for what it does not hand out has asked in vain: it is unresolved.
    private async Task<ImageLookup> CollectAsync(
        Workload workload, ImagePlan plan, Digest digest, ImageLookup sighting, CancellationToken token)
    {
        var evidence = new Evidence(digest);
        if (digest != plan.After.Settled && plan.Image.Gates.Platforms is { } options)
        {
            var platforms = await _platforms.InspectAsync(plan, digest, options, workload, token);
            if (!platforms.IsOk)
                return sighting with { Resolution = Unresolved(platforms) };
            evidence = evidence with { Platforms = platforms.Value };
        }
        if (plan.Image.Gates.Verify is { } signer)
        {
            var signature = await _signatures.Value.InspectAsync(plan.Image.Image, digest, signer, token);
            if (!signature.IsOk)
                return sighting with { Resolution = Unresolved(signature) };
            evidence = evidence with { Signature = signature.Value };
        }
        return sighting with { Evidence = evidence };
    }

    private static Resolution Unresolved<T>(Fetched<T> failed) where T : class =>
        new() { Verdict = failed.Verdict, Message = failed.Message, RetryAt = failed.RetryAt };
}
