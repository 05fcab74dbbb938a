namespace Tracebloc.Registry;

public sealed partial class RegistryClient
{
    /// <summary>
    /// The manifest that an image's tag stands for, or, when it has a digest, the one with that digest: its bytes are
    /// checked against it. At most 4 MiB; Docker Hub counts it as a pull.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<Manifest>> GetManifestAsync(ImageReference image, CancellationToken cancellationToken) =>
        GetManifestAsync(image, HttpCall.LargestBody, cancellationToken);

    /// <summary>The same, of at most so many bytes: a larger one is <see cref="Verdict.Invalid"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<Manifest>> GetManifestAsync(
        ImageReference image, int maxBytes, CancellationToken cancellationToken) =>
        Call.GetManifestAsync(image, maxBytes, cancellationToken);

    /// <summary>
    /// The bytes of that manifest, for signatures over them: they are not read, which would take several times their
    /// size.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<byte[]>> GetManifestContentAsync(ImageReference image, CancellationToken cancellationToken) =>
        Call.GetManifestContentAsync(image, cancellationToken);

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
        GetBlobAsync(repository, digest, HttpCall.LargestBody, cancellationToken);

    /// <summary>The same, of at most so many bytes: a larger one is <see cref="Verdict.Invalid"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<byte[]>> GetBlobAsync(
        ImageReference repository, Digest digest, int maxBytes, CancellationToken cancellationToken) =>
        Call.GetBlobAsync(repository, digest, maxBytes, cancellationToken);

    /// <summary>
    /// The manifests whose subject is this digest: from the referrers API, and where the registry has none from the tag
    /// in its place (OCI distribution spec, listing referrers). No referrers is an empty list. At most two pages of 1
    /// MiB each and 1000 entries are read, likely ones are kept before others.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<ReferrerList>> GetReferrersAsync(
        ImageReference repository, Digest subject, ReferrerFilter filter, CancellationToken cancellationToken) =>
        Call.GetReferrersAsync(repository, subject, filter, cancellationToken);
}
