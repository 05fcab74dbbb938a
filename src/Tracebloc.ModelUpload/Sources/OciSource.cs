using Tracebloc.ModelUpload.Models;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>
/// A model in a registry: the files under <c>/models</c> of an image, a ModelPack, a ModelKit of KitOps or an artifact
/// of ORAS. Layers that are files are verified by their digests, those of olot by the digest that it states.
/// </summary>
/// <param name="image">The reference.</param>
/// <param name="blobs">Its repository.</param>
internal sealed class OciSource(ImageReference image, IOciBlobs blobs) : IModelSource
{
    /// <summary>The model's folder in an image, as tar names it.</summary>
    public const string Folder = "models/";

    private const string Attestation = "vnd.docker.reference.type";

    private static readonly string[] ImageConfigs =
        ["application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"];

    private readonly OciLayerReader _reader = new(blobs);
    private IReadOnlyDictionary<string, OciFile> _files = new Dictionary<string, OciFile>();

    public string Name => $"oci://{image}";

    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        var manifest = await ManifestAsync(cancellationToken);
        var isImage = ImageConfigs.Contains(manifest.Config?.MediaType);
        var layers = manifest.Layers.Select(layer => new OciLayer(layer, isImage)).ToList();
        var ofModel = layers.FindAll(layer => layer.IsOfModel);
        var files = await FilesAsync(isImage && ofModel.Count > 0 ? ofModel : layers, cancellationToken);
        _files = files;
        if (files.Count == 0 && isImage)
            throw UploadException.OfSource($"{Name} is an image without files under /models; give a model's image");
        return ModelFilter.Of(Name, files.Select(each => Listed(each.Key, each.Value)));
    }

    public Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken) =>
        _files.TryGetValue(file.Path.Text, out var found) && found.Layer.Blob.Digest.ToString() == file.Version
            ? _reader.OpenAsync(found, offset, cancellationToken)
            : throw UploadException.OfSource($"{file.Address} is not of this listing; start again");

    public ValueTask DisposeAsync() => blobs.DisposeAsync();

    // Every platform of an index has the same model.
    private async Task<Manifest> ManifestAsync(CancellationToken cancellationToken)
    {
        var manifest = await blobs.GetManifestAsync(null, cancellationToken);
        if (manifest.Manifests.Count == 0)
            return manifest;
        var candidates = manifest.Manifests.Where(each => !each.Annotations.ContainsKey(Attestation)).ToList();
        var chosen = candidates.Find(each => each.Platform is { Os: "linux", Architecture: "amd64" })
            ?? candidates.FirstOrDefault()
            ?? throw UploadException.OfSource($"{Name} is an index without an image; give a model's image");
        return await blobs.GetManifestAsync(chosen.Digest, cancellationToken);
    }

    private async Task<Dictionary<string, OciFile>> FilesAsync(
        IReadOnlyList<OciLayer> layers, CancellationToken cancellationToken)
    {
        var tree = new OciTree();
        foreach (var layer in layers)
            if (!layer.IsRaw)
                tree.Add(await _reader.ListAsync(layer, cancellationToken));
            else if (layer.Path is { } path)
                Add(tree, path, layer);
        return tree.Files.ToDictionary(
            each => each.Value.Layer.IsImage ? each.Key[Folder.Length..] : each.Key, each => each.Value);
    }

    private void Add(OciTree tree, string path, OciLayer layer)
    {
        if (tree.Files.ContainsKey(path))
            throw UploadException.OfSource($"{Name} has {path} twice; keep one of them");
        var blob = layer.Blob;
        tree.Add([(path, new OciFile(layer, 0, blob.Size, OciLayer.Hashes(blob.Digest)))]);
    }

    private SourceFile Listed(string path, OciFile file)
    {
        var layer = file.Layer.Blob.Digest;
        return ModelPath.TryParse(path, out var model, out var fault)
            ? new SourceFile(model, file.Length, $"oci://{image.Repository}@{layer}#{path}", $"{layer}", file.Stated)
            : throw UploadException.OfSource($"{Name} has a file whose path {fault}: {path}");
    }
}
