namespace Tracebloc.Registry.Pushing;

/// <summary>A request of a push: about content of a repository, or at an address that the registry gave.</summary>
/// <param name="Method">The method.</param>
/// <param name="Repository">The repository that is pushed to.</param>
/// <param name="Path">The path behind the repository, with its query: <c>blobs/uploads/</c>.</param>
internal sealed record PushRequest(HttpMethod Method, ImageReference Repository, string Path)
{
    /// <summary>The address of an upload, in place of the path.</summary>
    public Uri? Location { get; init; }

    /// <summary>The repository whose blob is mounted.</summary>
    public ImageReference? From { get; init; }

    public RequestBody? Body { get; init; }
}
