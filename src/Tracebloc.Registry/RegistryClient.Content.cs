namespace Tracebloc.Registry;

public sealed partial class RegistryClient
{
    /// <summary>
    /// The manifest that an image's tag stands for, or, when it has a digest, the one with that digest: its bytes are
    /// checked against it. At most 4 MiB; Docker Hub counts it as a pull.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<Manifest>> GetManifestAsync(ImageReference image, CancellationToken cancellationToken) =>
        new RegistryCall(this).GetManifestAsync(image, cancellationToken);

    /// <summary>A blob of the repository, at most 4 MiB and checked against its digest.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<byte[]>> GetBlobAsync(
        ImageReference repository, Digest digest, CancellationToken cancellationToken) =>
        new RegistryCall(this).GetBlobAsync(repository, digest, cancellationToken);

    /// <summary>
    /// The manifests whose subject is this digest: from
    /// the referrers API, and where the registry has none from the tag in its place (OCI distribution spec, listing
    /// referrers). No referrers is an empty list.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<IReadOnlyList<Descriptor>>> GetReferrersAsync(
        ImageReference repository, Digest subject, CancellationToken cancellationToken) =>
        new RegistryCall(this).GetReferrersAsync(repository, subject, cancellationToken);
}
