using System.Text;
using Tracebloc.ModelUpload.Destinations.Oci;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Destinations.Oci;

/// <summary>Registries in memory that keep to the rules: a manifest needs its blobs, and a digest its bytes.</summary>
internal sealed class FakeOciRegistry : IOciRegistry
{
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly Dictionary<string, Manifest> _manifests = [];
    private readonly Dictionary<string, Digest> _tags = [];

    /// <summary>Every call, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The number of the call that fails, from 1; 0 for none.</summary>
    public int FailsAt { get; set; }

    public long? LargestLayer { get; init; }

    public bool Mounts { get; init; } = true;

    /// <summary>The offset at which the first upload breaks and is opened again.</summary>
    public int? BreaksAt { get; init; }

    public IEnumerable<string> Pushed => Calls.Where(call => call.StartsWith("push blob", StringComparison.Ordinal));

    public Digest? Tag(string reference) => _tags.GetValueOrDefault(reference);

    public Manifest Get(string repository, Digest digest) => _manifests[$"{repository}@{digest}"];

    public byte[] Blob(string repository, Digest digest) => _blobs[$"{repository}@{digest}"];

    public IReadOnlyList<Manifest> Referrers(Digest subject) =>
        [.. _manifests.Values.Where(manifest => manifest.Subject?.Digest == subject)];

    /// <summary>Forgets what refers to other manifests, as a registry that is cleaned up does.</summary>
    public void ForgetReferrers()
    {
        foreach (var (key, manifest) in _manifests.ToArray())
        {
            if (manifest.Subject is not null)
                _manifests.Remove(key);
        }
    }

    public Descriptor Add(string repository, string mediaType, byte[] content)
    {
        _blobs[$"{repository}@{Digest.Of(content)}"] = content;
        return new Descriptor { MediaType = mediaType, Digest = Digest.Of(content), Size = content.Length };
    }

    public Descriptor Add(string repository, string? tag, Manifest manifest)
    {
        var written = ManifestText.Written(manifest);
        var descriptor = ManifestText.Describe(written);
        _manifests[$"{repository}@{descriptor.Digest}"] = written;
        if (tag is not null)
            _tags[$"{repository}:{tag}"] = descriptor.Digest;
        return descriptor;
    }

    public Task CheckAsync(ImageReference repository, CancellationToken cancellationToken) => Call("check");

    public string? LayerFault(ImageReference repository, long length) =>
        length > LargestLayer ? $"{length} bytes are more than {LargestLayer}" : null;

    public async Task<Manifest?> ManifestAsync(ImageReference image, CancellationToken cancellationToken)
    {
        await Call($"get manifest {image}");
        var digest = image.Digest ?? _tags.GetValueOrDefault($"{image.Repository}:{image.Tag}");
        return _manifests.GetValueOrDefault($"{image.Repository}@{digest}");
    }

    public async Task<IReadOnlyList<Digest>> ReferrersAsync(
        ImageReference repository, Digest subject, string artifactType, CancellationToken cancellationToken)
    {
        await Call("get referrers");
        return [.. Referrers(subject).Select(manifest => Digest.Of(manifest.Content.Span))];
    }

    public async Task<byte[]> BlobAsync(ImageReference repository, Digest digest, CancellationToken cancellationToken)
    {
        await Call("get blob");
        return Blob(repository.Repository, digest);
    }

    public async Task<Stream> OpenAsync(
        ImageReference repository, Digest digest, long offset, CancellationToken cancellationToken)
    {
        await Call("open blob");
        return new MemoryStream(Blob(repository.Repository, digest)[(int)offset..]);
    }

    public async Task<bool> HasAsync(ImageReference repository, Digest digest, CancellationToken cancellationToken)
    {
        await Call("has blob");
        return _blobs.ContainsKey($"{repository.Repository}@{digest}");
    }

    public async Task<bool> MountAsync(
        ImageReference repository, Digest digest, ImageReference from, CancellationToken cancellationToken)
    {
        await Call("mount blob");
        if (Mounts)
            _blobs[$"{repository.Repository}@{digest}"] = Blob(from.Repository, digest);
        return Mounts;
    }

    public async Task<PushedBlob> PushAsync(
        ImageReference repository, BlobContent content, CancellationToken cancellationToken)
    {
        if (content.Digest is { } known && _blobs.ContainsKey($"{repository.Repository}@{known}"))
            return new PushedBlob(known, content.Length ?? 0, WasPresent: true, 0);
        await Call($"push blob {content.Length}");
        using var bytes = new MemoryStream();
        if (BreaksAt is { } place && content.Length > place)
        {
            await using var broken = await content.Open(0, cancellationToken);
            var first = new byte[place];
            await broken.ReadExactlyAsync(first, cancellationToken);
            bytes.Write(first);
        }

        await using (var stream = await content.Open(bytes.Length, cancellationToken))
            await stream.CopyToAsync(bytes, cancellationToken);
        var digest = Add(repository.Repository, "", bytes.ToArray()).Digest;
        Assert.Equal(content.Length ?? bytes.Length, bytes.Length);
        Assert.Equal(content.Digest ?? digest, digest);
        return new PushedBlob(digest, bytes.Length, WasPresent: false, bytes.Length);
    }

    public async Task PushManifestAsync(ImageReference image, Manifest manifest, CancellationToken cancellationToken)
    {
        await Call($"push manifest {image}");
        var repository = image.Repository;
        foreach (var blob in (Descriptor?[])[manifest.Config, .. manifest.Layers])
            Assert.True(blob is null || _blobs.ContainsKey($"{repository}@{blob.Digest}"), $"{blob} is missing");
        foreach (var child in manifest.Manifests)
            Assert.True(_manifests.ContainsKey($"{repository}@{child.Digest}"), $"{child} is missing");
        _manifests[$"{repository}@{Digest.Of(manifest.Content.Span)}"] = manifest;
        if (image.Tag is not null)
            _tags[$"{repository}:{image.Tag}"] = Digest.Of(manifest.Content.Span);
    }

    public Task PushReferrerAsync(ImageReference repository, Manifest manifest, CancellationToken cancellationToken) =>
        PushManifestAsync(
            References.At(repository, Digest.Of(manifest.Content.Span)), manifest, cancellationToken);

    private Task Call(string call)
    {
        Calls.Add(call);
        return Calls.Count == FailsAt
            ? throw UploadException.OfDestination($"The registry failed: {call}")
            : Task.CompletedTask;
    }

    public override string ToString() => new StringBuilder().AppendJoin('\n', Calls).ToString();
}
