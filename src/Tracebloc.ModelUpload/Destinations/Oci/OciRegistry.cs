using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>Registries by <see cref="RegistryClient"/>, whose failures become <see cref="UploadException"/>.</summary>
internal sealed class OciRegistry(RegistryClient client) : IOciRegistry
{
    private const int LargestBlob = 64 << 20;

    // No annotation is looked at.
    private const string NoAnnotation = "";

    public async Task CheckAsync(ImageReference repository, CancellationToken cancellationToken) =>
        Value(repository, await client.CheckPushAsync(repository, cancellationToken));

    public string? LayerFault(ImageReference repository, long length)
    {
        var profile = RegistryProfile.Of(repository);
        if (length > profile.LargestLayer)
            return $"{profile.Name} takes layers of at most {profile.LargestLayer} bytes, this one has {length}; "
                + "split the file or choose another registry";
        return length == 0 && !profile.TakesEmptyBlobs
            ? $"{profile.Name} keeps no empty blob; leave the file out or choose --destination-oci-format modelcar"
            : null;
    }

    public async Task<Manifest?> ManifestAsync(ImageReference image, CancellationToken cancellationToken)
    {
        var fetched = await client.GetManifestAsync(image, cancellationToken);
        return fetched.Verdict is Verdict.NotFound ? null : Value(image, fetched);
    }

    public async Task<IReadOnlyList<Digest>> ReferrersAsync(
        ImageReference repository, Digest subject, string artifactType, CancellationToken cancellationToken)
    {
        var filter = new ReferrerFilter(type => type is null || type == artifactType, NoAnnotation, _ => true);
        var fetched = await client.GetReferrersAsync(repository, subject, filter, cancellationToken);
        if (fetched.Verdict is Verdict.NotFound)
            return [];
        return [.. Value(repository, fetched).Found.Where(each => each.IsLikely).Select(each => each.Digest)];
    }

    public async Task<byte[]> BlobAsync(
        ImageReference repository, Digest digest, CancellationToken cancellationToken) =>
        Value(repository, await client.GetBlobAsync(repository, digest, LargestBlob, cancellationToken));

    public async Task<Stream> OpenAsync(
        ImageReference repository, Digest digest, long offset, CancellationToken cancellationToken) =>
        Value(repository, await client.OpenBlobAsync(repository, digest, offset, cancellationToken));

    public async Task<bool> HasAsync(
        ImageReference repository, Digest digest, CancellationToken cancellationToken) =>
        Value(repository, await client.HasBlobAsync(repository, digest, cancellationToken));

    public async Task<bool> MountAsync(
        ImageReference repository, Digest digest, ImageReference from, CancellationToken cancellationToken) =>
        Value(repository, await client.MountBlobAsync(repository, digest, from, cancellationToken));

    public async Task<PushedBlob> PushAsync(
        ImageReference repository, BlobContent content, CancellationToken cancellationToken) =>
        Value(repository, await client.PushBlobAsync(repository, content, new PushOptions(), cancellationToken));

    public async Task PushManifestAsync(
        ImageReference image, Manifest manifest, CancellationToken cancellationToken) =>
        Value(image, await client.PushManifestAsync(
            image, manifest.MediaType ?? OciMedia.Manifest, manifest.Content, cancellationToken));

    public async Task PushReferrerAsync(
        ImageReference repository, Manifest manifest, CancellationToken cancellationToken)
    {
        var subject = manifest.Subject ?? throw new ArgumentException("it has no subject", nameof(manifest));
        Value(repository, await client.PushReferrerAsync(
            repository, subject.Digest, manifest.MediaType ?? OciMedia.Manifest, manifest.Content, cancellationToken));
    }

    private static T Value<T>(ImageReference image, Fetched<T> fetched) where T : notnull => fetched.IsOk
        ? fetched.Value
        : throw UploadException.OfDestination(
            fetched.Message ?? $"Registry {image.Domain} did not answer as it should",
            isTransient: fetched.Verdict is Verdict.Transient or Verdict.Limited);
}
