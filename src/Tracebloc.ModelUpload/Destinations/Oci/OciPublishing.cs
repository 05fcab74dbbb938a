using Tracebloc.ModelUpload.Layers;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>Writes the manifests of a model whose layers are in the repository, the tag last.</summary>
internal sealed class OciPublishing(OciDestinationSettings settings, IOciRegistry registry)
{
    private static readonly byte[] EmptyConfig = "{}"u8.ToArray();

    private readonly ImageReference _target = settings.Target.Image;

    /// <summary>The bytes that were sent as blobs.</summary>
    public long SentBytes { get; private set; }

    /// <summary>Publishes, and gives the digest that the tag then stands for.</summary>
    /// <param name="layers">The model's, in the order of the plan.</param>
    /// <param name="image">The base of a modelcar; null for other forms.</param>
    /// <param name="record">The record of this publication.</param>
    /// <param name="signature">The bundle that becomes <c>model.sig</c>; null for none.</param>
    /// <param name="cancellationToken">Cancels it; the tag then stands for what it stood for.</param>
    /// <exception cref="UploadException">The registry refused.</exception>
    public async Task<Digest> PublishAsync(
        IReadOnlyList<PushedLayer> layers,
        BaseImage? image,
        OciRecord record,
        ReadOnlyMemory<byte>? signature,
        CancellationToken cancellationToken)
    {
        // A null array becomes memory of no bytes where C# converts it.
        if (signature is { IsEmpty: false } bundle)
            layers = [.. layers, await PushSignatureAsync(bundle, cancellationToken)];
        var top = image is null
            ? await PushArtifactAsync(layers, cancellationToken)
            : await PushImagesAsync(image, layers, cancellationToken);
        var subject = ManifestText.Describe(top);
        await registry.PushManifestAsync(References.At(_target, subject.Digest), top, cancellationToken);
        if (signature is { IsEmpty: false } signed)
            await ReferAsync(subject, OciMedia.Bundle, signed, BundleAnnotations, cancellationToken);
        await ReferAsync(subject, OciMedia.Record, record.ToJson(), new(), cancellationToken);
        await registry.PushManifestAsync(_target, top, cancellationToken);
        return subject.Digest;
    }

    private static Dictionary<string, string> BundleAnnotations => new()
    {
        ["dev.sigstore.bundle.content"] = "dsse-envelope",
        ["dev.sigstore.bundle.predicateType"] = "https://model_signing/signature/v1.0",
    };

    private async Task<PushedLayer> PushSignatureAsync(ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken)
    {
        if (!ModelPath.TryParse(SignatureFile.Name, out var path, out var fault))
            throw new InvalidOperationException(fault);
        var file = new PublishedFile(path, bundle.Length, Digest.Of(bundle.Span));
        if (settings.Format != OciFormat.Modelcar)
            return new PushedLayer(await PushAsync(bundle, cancellationToken), bundle.Length, [file]);
        var entry = new LayerFile(path, bundle.Length);
        var content = new LayerContent(
            LayerLayout.OfTar([entry]),
            (_, offset, _) => Task.FromResult<Stream>(new MemoryStream(bundle[(int)offset..].ToArray())));
        using var tar = new MemoryStream();
        await using (var stream = content.Open(0))
            await stream.CopyToAsync(tar, cancellationToken);
        return new PushedLayer(await PushAsync(tar.ToArray(), cancellationToken), tar.Length, [file]);
    }

    private async Task<Manifest> PushImagesAsync(
        BaseImage image, IReadOnlyList<PushedLayer> layers, CancellationToken cancellationToken)
    {
        SentBytes += await new BaseCopy(registry, _target).RunAsync(image, cancellationToken);
        var entries = new List<(Manifest Manifest, Descriptor Entry)>();
        foreach (var platform in image.Platforms)
        {
            var manifest = await ImageAsync(image, platform, layers, cancellationToken);
            entries.Add((manifest, ManifestText.Describe(manifest) with { Platform = platform.Platform }));
        }

        if (!image.IsIndex)
            return entries[0].Manifest;
        foreach (var (manifest, entry) in entries)
            await registry.PushManifestAsync(References.At(_target, entry.Digest), manifest, cancellationToken);
        return ManifestText.Written(
            new Manifest { MediaType = OciMedia.Index, Manifests = [.. entries.Select(each => each.Entry)] });
    }

    private async Task<Manifest> ImageAsync(
        BaseImage image, BasePlatform platform, IReadOnlyList<PushedLayer> layers, CancellationToken cancellationToken)
    {
        var config = ImageConfig.With(platform.Config, platform.Layers.Count, layers)
            ?? throw UploadException.OfDestination(
                $"Base image {image.Image} has a configuration that does not list its layers: "
                + "choose another by --destination-oci-base-image");
        return ManifestText.Written(new Manifest
        {
            MediaType = OciMedia.Manifest,
            Config = await DescribeAsync(OciMedia.Config, config, cancellationToken),
            Layers = [.. platform.Layers, .. layers.Select(layer => layer.Describe(settings.Format))],
            Annotations = platform.Annotations,
        });
    }

    private async Task<Manifest> PushArtifactAsync(
        IReadOnlyList<PushedLayer> layers, CancellationToken cancellationToken)
    {
        var isPack = settings.Format == OciFormat.ModelPack;
        var config = isPack ? ModelPackConfig.Of(layers) : EmptyConfig;
        return ManifestText.Written(new Manifest
        {
            MediaType = OciMedia.Manifest,
            ArtifactType = isPack ? ModelPackMedia.Manifest : OciMedia.Artifact,
            Config = await DescribeAsync(isPack ? ModelPackMedia.Config : OciMedia.Empty, config, cancellationToken),
            Layers = [.. layers.Select(layer => layer.Describe(settings.Format))],
        });
    }

    private async Task ReferAsync(
        Descriptor subject,
        string type,
        ReadOnlyMemory<byte> content,
        Dictionary<string, string> annotations,
        CancellationToken cancellationToken)
    {
        var manifest = ManifestText.Written(new Manifest
        {
            MediaType = OciMedia.Manifest,
            ArtifactType = type,
            Config = await DescribeAsync(OciMedia.Empty, EmptyConfig, cancellationToken),
            Layers = [await DescribeAsync(type, content, cancellationToken)],
            Subject = subject,
            Annotations = annotations,
        });
        await registry.PushReferrerAsync(_target, manifest, cancellationToken);
    }

    private async Task<Descriptor> DescribeAsync(
        string type, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => new()
        {
            MediaType = type,
            Digest = await PushAsync(content, cancellationToken),
            Size = content.Length,
        };

    private async Task<Digest> PushAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(content.Span);
        var blob = new BlobContent(
            content.Length,
            digest,
            (offset, _) => Task.FromResult<Stream>(new MemoryStream(content[(int)offset..].ToArray())));
        SentBytes += (await registry.PushAsync(_target, blob, cancellationToken)).SentBytes;
        return digest;
    }
}
