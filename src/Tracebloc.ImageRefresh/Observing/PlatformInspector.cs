using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Gates;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;
using FetchedPlatforms = Tracebloc.Registry.Fetched<
    System.Collections.Generic.IReadOnlyList<Tracebloc.Registry.PlatformManifest>>;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>Looks up which platforms digests are there for and which the nodes have, each once in a tick.</summary>
internal sealed class PlatformInspector(RegistryClient registry, WorkloadApi api)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<FetchedPlatforms>> _platforms = [];
    private Task<IReadOnlyList<Node>>? _nodes;

    public async Task<Fetched<PlatformEvidence>> InspectAsync(
        EvidenceRequest request, PlatformOptions options, Workload workload, CancellationToken token)
    {
        var image = request.Image.Image;
        var offered = (await PlatformsOfAsync(image, request.Digest, token))
            .As(platforms => new PlatformEvidence(options.Listed, platforms, null));
        if (!offered.IsOk)
            return offered;
        var evidence = offered.Value;
        if (options.IgnoresOthers && (request.Record.Skipped ?? request.Record.Settled) is { } inPlace)
        {
            var earlier = await PlatformsOfAsync(image, inPlace, token);
            // Registries delete untagged manifests; any other failure leaves the old platforms unknown.
            if (earlier is { IsOk: false, Verdict: not Verdict.NotFound })
                return earlier.As(_ => evidence);
            evidence = evidence with { Earlier = earlier.Value };
        }
        return new()
        {
            Verdict = Verdict.Ok,
            Value = options.AreOfNodes ? await OfNodesAsync(evidence, workload, token) : evidence,
        };
    }

    private Task<FetchedPlatforms> PlatformsOfAsync(ImageReference image, Digest digest, CancellationToken token)
    {
        var reference = image.At(digest);
        lock (_gate)
        {
            if (!_platforms.TryGetValue(reference, out var platforms))
                _platforms[reference] = platforms = registry.GetPlatformsAsync(ImageReference.Parse(reference), token);
            return platforms;
        }
    }

    private async Task<PlatformEvidence> OfNodesAsync(
        PlatformEvidence evidence, Workload workload, CancellationToken token)
    {
        try
        {
            var nodes = await NodesAsync(token);
            return evidence with { Wanted = NodeSelection.PlatformsFor(workload.Spec.Template.Spec, nodes) };
        }
        catch (KubernetesException unreadable)
        {
            return evidence with { Fault = $"{unreadable.Message}; or list the platforms in place of nodes" };
        }
    }

    private Task<IReadOnlyList<Node>> NodesAsync(CancellationToken token)
    {
        lock (_gate)
            return _nodes ??= api.ListNodesAsync(token);
    }
}
