using System.Collections.Concurrent;
using Tracebloc.ModelUpload.Destinations.Oci;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Destinations;

/// <summary>
/// A repository and tag of an OCI registry. Layers, manifests, signature and record are there before the tag moves, and
/// all of them are the same for the same model: what a run that was ended left there is found by the next.
/// </summary>
/// <param name="settings">The destination.</param>
/// <param name="registry">The registry.</param>
/// <param name="scratch">A folder for files of unknown length; made when it is needed.</param>
internal sealed class OciDestination(OciDestinationSettings settings, IOciRegistry registry, string scratch)
    : IModelDestination
{
    private readonly OciPlanning _planning = new(settings, registry);
    private readonly OciMoving _moving = new(settings, registry, scratch);
    private readonly ConcurrentDictionary<string, PushedLayer> _layers = [];
    private IReadOnlyList<PlannedPart> _parts = [];
    private BaseImage? _image;
    private long _sent;

    public string Name => $"oci://{settings.Target.Image}";

    public Task CheckAsync(CancellationToken cancellationToken) =>
        registry.CheckAsync(settings.Target.Image, cancellationToken);

    public async Task<DestinationPlan> PlanAsync(
        IModelSource source, SourceListing listing, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        if (settings.Format == OciFormat.Modelcar)
        {
            _image = await new BaseImageReader(registry).ReadAsync(settings.BaseImage, cancellationToken);
            notes.Add($"The base image is {_image.Image}{Platforms(_image)}.");
        }

        var presence = await _planning.ObserveAsync(cancellationToken);
        _layers.Clear();
        _parts = [.. _planning.Divide(listing, presence).Select(each => PartOf(each.Files, each.Present))];
        return new DestinationPlan(_parts, notes);
    }

    public async Task<IReadOnlyList<PublishedFile>> MoveAsync(
        PlannedPart part, IModelSource source, Transfer transfer, CancellationToken cancellationToken)
    {
        var wasPresent = true;
        if (!_layers.TryGetValue(part.Name, out var layer))
        {
            (layer, var pushed) = await _moving.MoveAsync(part, source, transfer, cancellationToken);
            _layers[part.Name] = layer;
            Interlocked.Add(ref _sent, pushed.SentBytes);
            wasPresent = pushed.WasPresent;
        }

        foreach (var file in layer.Files)
            transfer.Progress.Finished(file.Path, wasPresent);
        return layer.Files;
    }

    public async Task<Publication> PublishAsync(
        IReadOnlyList<PublishedFile> files, ReadOnlyMemory<byte>? signature, CancellationToken cancellationToken)
    {
        var layers = _parts.Select(part => _layers[part.Name]).ToArray();
        var publishing = new OciPublishing(settings, registry);
        var digest = await publishing.PublishAsync(layers, _image, RecordOf(), signature, cancellationToken);
        return new Publication(Name, digest, Interlocked.Read(ref _sent) + publishing.SentBytes);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Platforms(BaseImage image) =>
        image.IsIndex ? " for " + string.Join(", ", image.Platforms.Select(each => each.Platform)) : "";

    private PlannedPart PartOf(IReadOnlyList<SourceFile> files, PushedLayer? present)
    {
        var name = files[0].Path.Text;
        if (present is not null)
            _layers[name] = present;
        return new PlannedPart(name, present is null ? PartWay.Streamed : PartWay.Present, files, present?.Digest);
    }

    private OciRecord RecordOf()
    {
        var files =
            from part in _parts
            let layer = _layers[part.Name]
            from pair in part.Files.Zip(layer.Files)
            where pair.Second.Content is not null
            orderby pair.First.Path
            select new OciRecordFile
            {
                Path = pair.First.Path.Text,
                Length = pair.Second.Length,
                Sha256 = $"{pair.Second.Content}",
                Address = pair.First.Address,
                Version = pair.First.Version,
                Layer = layer.Digest.ToString(),
            };
        return new OciRecord([.. files]);
    }
}
