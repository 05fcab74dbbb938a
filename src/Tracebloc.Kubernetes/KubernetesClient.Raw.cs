namespace Tracebloc.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>Reads one object as the server sends it.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="ns">Its namespace; null when it lives in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>JSON in UTF-8; null when the server states that there is no such object.</returns>
    /// <exception cref="KubernetesException">The server gave no such answer, or does not serve the type
    /// (<see cref="KubernetesException.IsTypeNotServed"/>): the object may exist.</exception>
    public Task<ReadOnlyMemory<byte>?> GetRawAsync(
        ResourceType type, string? ns, string name, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Changes an object and returns it as the server sends it then.</summary>
    /// <remarks>As <c>PatchAsync</c>, which see.</remarks>
    /// <param name="type">Its type.</param>
    /// <param name="ns">Its namespace; null when it lives in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="patch">The change; <c>metadata.resourceVersion</c> in it is a precondition (409), and so is
    /// <c>metadata.uid</c> (409 too, or 422 from older servers).</param>
    /// <param name="options">The field manager, and dry run.</param>
    /// <param name="cancellationToken">Gives up; the change may have happened.</param>
    public Task<ReadOnlyMemory<byte>> PatchRawAsync(
        ResourceType type, string? ns, string name, V1Patch patch, PatchOptions options,
        CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>
    /// Lists the identities of all objects, page by page: the server sends nothing but their metadata.
    /// </summary>
    /// <param name="type">Their type.</param>
    /// <param name="ns">Their namespace; null: all namespaces.</param>
    /// <param name="options">The selectors, and the size of a page, which is halved for pages that are too
    /// long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">The list broke off, and what it gave is no complete set;
    /// <see cref="KubernetesException.IsGone"/>: it took so long that the server forgot its place.</exception>
    public IAsyncEnumerable<ObjectIdentity> ListIdentitiesAsync(
        ResourceType type, string? ns, ListOptions options, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
