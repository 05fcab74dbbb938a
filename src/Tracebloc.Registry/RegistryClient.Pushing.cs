using Tracebloc.Registry.Pushing;

namespace Tracebloc.Registry;

public sealed partial class RegistryClient
{
    private PushSender Sender => new(Options, Time, _state, _trials);

    /// <summary>True where the repository has the blob, false where it does not.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<bool>> HasBlobAsync(
        ImageReference repository, Digest digest, CancellationToken cancellationToken) =>
        PushAsync<bool>(
            repository,
            (sender, profile, token) => new BlobLookup(sender, repository, profile).FindAsync(digest, token),
            cancellationToken);

    /// <summary>
    /// Pushes a blob unless the repository has it: in the requests that suit the registry (<see
    /// cref="RegistryProfile"/>), continued after faults where the registry can. An upload that fails is aborted,
    /// unless it can be continued later, see <see cref="PushOptions.OnLocation"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="Exception">The content's own streams threw it.</exception>
    public Task<Fetched<PushedBlob>> PushBlobAsync(
        ImageReference repository, BlobContent content, PushOptions options, CancellationToken cancellationToken) =>
        PushAsync<PushedBlob>(
            repository,
            (sender, profile, token) =>
                new BlobPush(sender, repository, content, options, profile).RunAsync(token),
            cancellationToken);

    /// <summary>
    /// Mounts a blob of another repository of the same registry. False where the registry does not: then the blob is to
    /// be pushed, and no upload is left open.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<bool>> MountBlobAsync(
        ImageReference repository, Digest digest, ImageReference from, CancellationToken cancellationToken) =>
        PushAsync<bool>(
            repository,
            (sender, profile, token) =>
                new UploadOpening(sender, repository).MountAsync(digest, from, profile, token),
            cancellationToken);

    /// <summary>
    /// Pushes a manifest under the image's tag, or under its digest where it has no tag. The blobs that it refers to
    /// are pushed before it.
    /// </summary>
    /// <returns>Its digest; <see cref="Verdict.Invalid"/> where the registry answers with another.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<Digest>> PushManifestAsync(
        ImageReference image, string mediaType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        image.Digest is { } stated && !stated.Matches(content.Span)
            ? Task.FromResult(Fetched<Digest>.Failed(
                Verdict.Invalid, $"{image}: the manifest's digest is {Digest.Of(content.Span)}; correct the reference"))
            : PushAsync<Digest>(
                image,
                (sender, _, token) => new ManifestPush(sender).PutAsync(
                    image,
                    image.Tag ?? image.Digest?.ToString() ?? Digest.Of(content.Span).ToString(),
                    mediaType,
                    content,
                    token),
                cancellationToken);

    /// <summary>
    /// Pushes a manifest that refers to another one, its subject. Where the registry has no referrers API, the manifest
    /// is added to the index under the tag in its place (OCI distribution spec, referrers tag schema).
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<Digest>> PushReferrerAsync(
        ImageReference repository,
        Digest subject,
        string mediaType,
        ReadOnlyMemory<byte> manifest,
        CancellationToken cancellationToken) =>
        PushAsync<Digest>(
            repository,
            (sender, _, token) => new ReferrerPush(new ManifestPush(sender), Call.GetManifestContentAsync)
                .PushAsync(repository, subject, mediaType, manifest, token),
            cancellationToken);

    /// <summary>Proves that the repository takes an upload, by one that is opened and aborted.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<bool>> CheckPushAsync(ImageReference repository, CancellationToken cancellationToken) =>
        PushAsync<bool>(
            repository,
            (sender, _, token) => new UploadOpening(sender, repository).ProveAsync(token),
            cancellationToken);

    /// <summary>
    /// Opens a blob of any size from an offset on, unchecked. The stream throws <see cref="IOException"/> when it
    /// breaks off; the caller then opens another at the offset that it has reached.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<Fetched<Stream>> OpenBlobAsync(
        ImageReference repository, Digest digest, long offset, CancellationToken cancellationToken) =>
        Call.OpenBlobAsync(repository, digest, offset, cancellationToken);

    private async Task<Fetched<T>> PushAsync<T>(
        ImageReference repository,
        Func<PushSender, RegistryProfile, CancellationToken, Task<Fetched<T>>> push,
        CancellationToken cancellationToken) where T : notnull
    {
        try
        {
            var sender = Sender;
            return await push(sender, sender.ProfileOf(repository), cancellationToken);
        }
        catch (RegistryException e)
        {
            return Fetched<T>.Failed(e.Code, e.Message);
        }
    }
}
