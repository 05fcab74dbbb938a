using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>Reads a base image's manifests and configurations; its layers stay where they are.</summary>
internal sealed class BaseImageReader(IOciRegistry registry)
{
    private const string InToto = "application/vnd.in-toto+json";

    /// <exception cref="UploadException">It is absent, cannot be read, or is no image.</exception>
    public async Task<BaseImage> ReadAsync(ImageReference image, CancellationToken cancellationToken)
    {
        var top = await registry.ManifestAsync(image, cancellationToken)
            ?? throw Fault(image, "is not in its registry");
        var pinned = References.At(image, Digest.Of(top.Content.Span));
        if (top.Config is not null)
            return new BaseImage(pinned, IsIndex: false, [await ReadAsync(pinned, null, top, cancellationToken)]);
        var platforms = new List<BasePlatform>();
        foreach (var entry in top.Manifests)
        {
            if (entry.Platform is not { Os: not "unknown" } platform || IsAttestation(entry.Annotations))
                continue;
            var child = References.At(image, entry.Digest);
            var manifest = await registry.ManifestAsync(child, cancellationToken)
                ?? throw Fault(child, "is in the index and not in its registry");
            if (!IsAttestation(manifest))
                platforms.Add(await ReadAsync(child, platform, manifest, cancellationToken));
        }

        return platforms.Count > 0
            ? new BaseImage(pinned, IsIndex: true, platforms)
            : throw Fault(image, "has no image for any platform");
    }

    private async Task<BasePlatform> ReadAsync(
        ImageReference image, Platform? platform, Manifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Config is not { } config)
            throw Fault(image, "is no image");
        var layers = manifest.Layers.Select(layer => OciMedia.LayerOf(layer.MediaType) is { } type
            ? layer with { MediaType = type }
            : throw Fault(image, $"has a layer of the type {layer.MediaType}"));
        return new BasePlatform(
            platform,
            [.. layers],
            manifest.Annotations,
            await registry.BlobAsync(image, config.Digest, cancellationToken));
    }

    private static bool IsAttestation(IReadOnlyDictionary<string, string> annotations) =>
        annotations.GetValueOrDefault("vnd.docker.reference.type") == "attestation-manifest";

    private static bool IsAttestation(Manifest manifest) =>
        manifest.ArtifactType == "application/vnd.docker.attestation.manifest.v1+json"
        || manifest.Layers is [{ MediaType: InToto }, ..];

    private static UploadException Fault(ImageReference image, string fault) => UploadException.OfDestination(
        $"Base image {image} {fault}: choose another by --destination-oci-base-image");
}
