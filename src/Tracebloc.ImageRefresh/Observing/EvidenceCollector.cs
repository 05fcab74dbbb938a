using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Fetches the evidence of gates, for digests that pass all other gates.</summary>
internal sealed class EvidenceCollector(RegistryClient registry, WorkloadApi api)
{
    private readonly PlatformInspector _platforms = new(registry, api);
    private readonly SignatureInspector _signatures = new(registry);

    /// <summary>The lookups, with evidence where it is wanted.</summary>
    /// <param name="workload">The workload of them all.</param>
    /// <param name="lookups">The lookups.</param>
    /// <param name="wanted">The evidence that each wants, in the same order; null where none is.</param>
    /// <param name="token">Ends it.</param>
    public Task<ImageLookup[]> CollectAsync(
        Workload workload,
        IReadOnlyList<ImageLookup> lookups,
        IEnumerable<EvidenceRequest?> wanted,
        CancellationToken token) =>
        Task.WhenAll(lookups.Zip(wanted, (lookup, request) => request is null
            ? Task.FromResult(lookup)
            : CollectAsync(workload, lookup, request, token)));

    // An image whose evidence the registry does not hand out is unresolved.
    private async Task<ImageLookup> CollectAsync(
        Workload workload, ImageLookup lookup, EvidenceRequest request, CancellationToken token)
    {
        var (image, digest) = (lookup.Image, request.Digest);
        var evidence = new Evidence(digest);
        if (digest != request.Record.Settled && image.Gates.Platforms is { } options)
        {
            var platforms = await _platforms.InspectAsync(image, request, options, workload, token);
            if (!platforms.IsOk)
                return lookup with { Answer = platforms.As(_ => digest) };
            evidence = evidence with { Platforms = platforms.Value };
        }
        if (image.Gates.Verify is { } signer)
        {
            var signature = await _signatures.InspectAsync(image.Image, digest, signer, token);
            if (!signature.IsOk)
                return lookup with { Answer = signature.As(_ => digest) };
            evidence = evidence with { Signature = signature.Value };
        }
        return lookup with { Evidence = evidence };
    }
}

/// <summary>A digest to be judged, and the record of its image: what was in place before.</summary>
internal sealed record EvidenceRequest(Digest Digest, RefreshRecord Record);
