using Tracebloc.ModelUpload.Layers;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>Divides a model into layers, and finds those that cannot be or are there.</summary>
internal sealed class OciPlanning(OciDestinationSettings settings, IOciRegistry registry)
{
    // The prefix of files that remove others from an image's lower layers (OCI image spec, whiteouts).
    private const string Whiteout = ".wh.";

    private readonly ImageReference _target = settings.Target.Image;

    /// <summary>The layers of the model, each with its place at the destination if it has one.</summary>
    /// <exception cref="UploadException">The registry cannot hold a layer, or an image a name.</exception>
    public IReadOnlyList<(IReadOnlyList<SourceFile> Files, PushedLayer? Present)> Divide(
        SourceListing listing, OciPresence presence)
    {
        var groups = settings.Format == OciFormat.Modelcar
            ? LayerGrouping.Of(listing.Files, file => (file.Path, file.Length))
            : [.. listing.Files.Select(file => (IReadOnlyList<SourceFile>)[file])];
        foreach (var group in groups)
            Check(group);
        return [.. groups.Select(group => (group, presence.Find(group)))];
    }

    /// <summary>The manifest that the tag stands for, as far as it tells what is there.</summary>
    /// <exception cref="UploadException">The registry does not answer.</exception>
    public async Task<OciPresence> ObserveAsync(CancellationToken cancellationToken)
    {
        if (await registry.ManifestAsync(_target, cancellationToken) is not { } top)
            return new OciPresence(settings.Format, [], []);
        var layers = top.Layers;
        if (top.Config is null)
        {
            var first = top.Manifests.FirstOrDefault(entry => entry.Platform is not { Os: "unknown" });
            var child = first is null
                ? null
                : await registry.ManifestAsync(References.At(_target, first.Digest), cancellationToken);
            layers = child?.Layers ?? [];
        }

        var records = await ReadRecordsAsync(Digest.Of(top.Content.Span), cancellationToken);
        return new OciPresence(settings.Format, layers, records);
    }

    private async Task<IReadOnlyList<OciRecord>> ReadRecordsAsync(Digest subject, CancellationToken cancellationToken)
    {
        var records = new List<OciRecord>();
        foreach (var digest in await registry.ReferrersAsync(_target, subject, OciMedia.Record, cancellationToken))
        {
            var manifest = await registry.ManifestAsync(References.At(_target, digest), cancellationToken);
            if (manifest is not { ArtifactType: OciMedia.Record, Layers: [var layer] })
                continue;
            var json = await registry.BlobAsync(_target, layer.Digest, cancellationToken);
            if (OciRecord.Read(json) is { } record)
                records.Add(record);
        }

        return records;
    }

    private void Check(IReadOnlyList<SourceFile> group)
    {
        if (settings.Format == OciFormat.Modelcar
            && group.FirstOrDefault(file => file.Path.Segments.Any(IsWhiteout)) is { } removing)
            throw UploadException.OfDestination(
                $"File {removing.Path} cannot be in an image: names that begin with {Whiteout} remove files there; "
                + "rename it, or choose --destination-oci-format artifact");
        if (Length(group) is { } length && registry.LayerFault(_target, length) is { } fault)
            throw UploadException.OfDestination($"File {group[0].Path} cannot be pushed: {fault}");
    }

    private long? Length(IReadOnlyList<SourceFile> group)
    {
        if (settings.Format != OciFormat.Modelcar)
            return group[0].Length;
        return group.Any(file => file.Length is null)
            ? null
            : LayerLayout.OfTar([.. group.Select(file => new LayerFile(file.Path, file.Length ?? 0))]).Length;
    }

    private static bool IsWhiteout(string segment) => segment.StartsWith(Whiteout, StringComparison.Ordinal);
}
