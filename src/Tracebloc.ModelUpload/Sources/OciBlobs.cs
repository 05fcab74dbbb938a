using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A repository of a registry. The client, which has the retries of its calls, stays its owner's.</summary>
/// <param name="client">The client.</param>
/// <param name="image">The reference.</param>
/// <param name="time">The clock by which the client states when to ask again.</param>
internal sealed class OciBlobs(RegistryClient client, ImageReference image, TimeProvider time) : IOciBlobs
{
    public async Task<Manifest> GetManifestAsync(Digest? digest, CancellationToken cancellationToken)
    {
        var asked = digest is null ? image : ImageReference.Parse(image.At(digest));
        return Require(await client.GetManifestAsync(asked, cancellationToken), $"oci://{asked}");
    }

    public async Task<Stream> OpenAsync(Digest digest, long offset, CancellationToken cancellationToken) =>
        Require(
            await client.OpenBlobAsync(image, digest, offset, cancellationToken),
            $"oci://{image.Repository}@{digest}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private T Require<T>(Fetched<T> fetched, string name) where T : class
    {
        if (fetched.IsOk)
            return fetched.Value;
        throw new UploadException(UploadExit.Source, $"{name} cannot be read: {fetched.Message}")
        {
            IsTransient = fetched.Verdict is Verdict.Transient or Verdict.Limited,
            RetryAfter = fetched.RetryAt - time.GetUtcNow(),
        };
    }
}
