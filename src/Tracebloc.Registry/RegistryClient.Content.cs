namespace Tracebloc.Registry;

public sealed partial class RegistryClient
{
    /// <summary>
    /// The manifest that an image's tag stands for, or, when it has a digest, the one with that digest: its bytes are
    /// checked against it. At most 4 MiB; Docker Hub counts it as a pull.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<Manifest>> GetManifestAsync(ImageReference image, CancellationToken cancellationToken) =>
        Call.GetManifestAsync(image, cancellationToken);

    /// <summary>
    /// The platforms that an image was built for: those of an index, and of anything else the one that its
    /// configuration names.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<IReadOnlyList<PlatformManifest>>> GetPlatformsAsync(
        ImageReference image, CancellationToken cancellationToken) =>
        Call.GetPlatformsAsync(image, cancellationToken);

    /// <summary>A blob of the repository, at most 4 MiB and checked against its digest.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<byte[]>> GetBlobAsync(
        ImageReference repository, Digest digest, CancellationToken cancellationToken) =>
        Call.GetBlobAsync(repository, digest, cancellationToken);

    /// <summary>
    /// The manifests whose subject is this digest: from
    /// the referrers API, and where the registry has none from the tag in its place (OCI distribution spec, listing
    /// referrers). No referrers is an empty list.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<IReadOnlyList<Descriptor>>> GetReferrersAsync(
        ImageReference repository, Digest subject, CancellationToken cancellationToken) =>
        Call.GetReferrersAsync(repository, subject, cancellationToken);
}
