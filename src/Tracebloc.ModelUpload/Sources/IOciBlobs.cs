using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>The manifests and blobs of one repository. Safe for concurrent use.</summary>
internal interface IOciBlobs : IAsyncDisposable
{
    /// <summary>The manifest of the digest; null for the one that the reference names.</summary>
    /// <exception cref="UploadException">The registry did not give it.</exception>
    Task<Manifest> GetManifestAsync(Digest? digest, CancellationToken cancellationToken);

    /// <summary>One attempt to read a blob from an offset.</summary>
    /// <exception cref="UploadException">The registry did not give it.</exception>
    Task<Stream> OpenAsync(Digest digest, long offset, CancellationToken cancellationToken);
}
