namespace Tracebloc.ModelUpload.Sources;

/// <summary>The place that a model is taken from. Safe for concurrent use.</summary>
internal interface IModelSource : IAsyncDisposable
{
    /// <summary>The address as people write it, free of credentials: <c>s3://bucket/my-model</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The model's files, each pinned to the version listed: <see cref="OpenAsync"/> reads that version or fails.
    /// </summary>
    /// <exception cref="UploadException">The source cannot be read, or holds no file of a model.</exception>
    Task<SourceListing> ListAsync(CancellationToken cancellationToken);

    /// <summary>One attempt to read a file's bytes from an offset to its end.</summary>
    /// <exception cref="UploadException">
    /// Not readable, or no longer the version listed; <see cref="UploadException.IsTransient"/> where another attempt
    /// can succeed. Reading the stream throws the same, or <see cref="IOException"/> for a connection that broke.
    /// </exception>
    Task<Stream> OpenAsync(SourceFile file, long offset, CancellationToken cancellationToken);
}
