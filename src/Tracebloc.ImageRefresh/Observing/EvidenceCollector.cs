using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Fetches the evidence of gates, for digests that pass all other gates.</summary>
internal sealed class EvidenceCollector(RegistryClient registry, WorkloadApi api, TimeProvider time)
{
    private readonly PlatformInspector _platforms = new(registry, api);
    private readonly SignatureInspector _signatures = new(registry, time);

    /// <summary>The evidence so far and what was fetched, or why it was not.</summary>
    /// <param name="seen">The workload, and the evidence so far.</param>
    /// <param name="wanted">The digests to be judged.</param>
    /// <param name="token">Ends it.</param>
    public async Task<EvidenceBook> CollectAsync(
        WorkloadState seen, IEnumerable<EvidenceRequest> wanted, CancellationToken token)
    {
        var (requests, now) = (wanted.ToList(), time.GetUtcNow());
        var found = await Task.WhenAll(requests.Select(request =>
            request.Record.NotBefore is { } limit && limit.Covers(request.Image.Image, now)
                ? Task.FromResult(limit.Refuse<Evidence>())
                : CollectAsync(seen.Workload, request, token)));
        return requests.Zip(found).Aggregate(
            seen.Evidence, (book, each) => book.With(each.First.Image, each.First.Digest, each.Second));
    }

    private async Task<Fetched<Evidence>> CollectAsync(
        Workload workload, EvidenceRequest request, CancellationToken token)
    {
        var (image, digest) = (request.Image, request.Digest);
        var evidence = new Evidence();
        if (digest != request.Record.Settled && image.Gates.Platforms is { } options)
        {
            var platforms = await _platforms.InspectAsync(request, options, workload, token);
            if (!platforms.IsOk)
                return platforms.As(_ => evidence);
            evidence = evidence with { Platforms = platforms.Value };
        }
        if (image.Gates.Verify is { } signer)
        {
            var signature = await _signatures.InspectAsync(image.Image, digest, signer, token);
            if (!signature.IsOk)
                return signature.As(_ => evidence);
            evidence = evidence with { Signature = signature.Value };
        }
        return new() { Verdict = Verdict.Ok, Value = evidence };
    }
}

/// <summary>A digest of an image to be judged, and the image's record: what was in place before.</summary>
internal sealed record EvidenceRequest(TrackedImage Image, Digest Digest, RefreshRecord Record);
