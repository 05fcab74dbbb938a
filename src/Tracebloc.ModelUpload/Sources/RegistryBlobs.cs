using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The manifests and blobs of an image's repository in its registry.</summary>
/// <param name="registry">The client, which stays the caller's.</param>
/// <param name="image">The reference.</param>
/// <param name="time">The clock of the registry's hints.</param>
internal sealed class RegistryBlobs(RegistryClient registry, ImageReference image, TimeProvider time) : IOciBlobs
{
    public async Task<Manifest> GetManifestAsync(Digest? digest, CancellationToken cancellationToken) => Require(
        await registry.GetManifestAsync(
            digest is null ? image : ImageReference.Parse(image.At(digest)), cancellationToken));

    public async Task<Stream> OpenAsync(Digest digest, long offset, CancellationToken cancellationToken) =>
        Require(await registry.OpenBlobAsync(image, digest, offset, cancellationToken));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private T Require<T>(Fetched<T> fetched)
        where T : class => fetched.IsOk
        ? fetched.Value
        : throw new UploadException(UploadExit.Source, fetched.Message ?? $"{image} cannot be read: {fetched.Verdict}")
        {
            IsTransient = fetched.Verdict is Verdict.Transient or Verdict.Limited,
            RetryAfter = fetched.RetryAt - time.GetUtcNow(),
        };
}
