using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>
/// The calls on registries that publishing needs, each with its retries. All throw <see cref="UploadException"/> where
/// the registry refuses or does not answer; absence is an answer.
/// </summary>
internal interface IOciRegistry
{
    /// <summary>Proves that the repository takes an upload, by one that is opened and aborted.</summary>
    Task CheckAsync(ImageReference repository, CancellationToken cancellationToken);

    /// <summary>The reason why the registry cannot hold a blob of that length; null where it can.</summary>
    string? LayerFault(ImageReference repository, long length);

    /// <summary>The manifest or index of a tag or digest; null where there is none.</summary>
    Task<Manifest?> ManifestAsync(ImageReference image, CancellationToken cancellationToken);

    /// <summary>The manifests of a type that refer to a digest; the type is a hint of the registry.</summary>
    Task<IReadOnlyList<Digest>> ReferrersAsync(
        ImageReference repository, Digest subject, string artifactType, CancellationToken cancellationToken);

    /// <summary>A blob of at most 64 MiB.</summary>
    Task<byte[]> BlobAsync(ImageReference repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>A blob's bytes from an offset on.</summary>
    Task<Stream> OpenAsync(
        ImageReference repository, Digest digest, long offset, CancellationToken cancellationToken);

    Task<bool> HasAsync(ImageReference repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>Takes a blob over from another repository of the same registry; false where that does not.</summary>
    Task<bool> MountAsync(
        ImageReference repository, Digest digest, ImageReference from, CancellationToken cancellationToken);

    /// <summary>Pushes a blob, unless it has a digest that the repository has; throws what its stream throws.</summary>
    Task<PushedBlob> PushAsync(
        ImageReference repository, BlobContent content, CancellationToken cancellationToken);

    /// <summary>Pushes a manifest under the image's tag, or under its digest where it has no tag.</summary>
    Task PushManifestAsync(ImageReference image, Manifest manifest, CancellationToken cancellationToken);

    /// <summary>Pushes a manifest that has a subject.</summary>
    Task PushReferrerAsync(ImageReference repository, Manifest manifest, CancellationToken cancellationToken);
}
