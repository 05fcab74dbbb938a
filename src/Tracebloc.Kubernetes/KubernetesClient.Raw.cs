using System.Runtime.CompilerServices;

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
    public async Task<ReadOnlyMemory<byte>?> GetRawAsync(
        ResourceType type, string? ns, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await Requests.SendRawAsync(
                new("get", HttpMethod.Get, type, ns) { Name = name }, cancellationToken);
        }
        catch (KubernetesException e) when (e is { IsNotFound: true, IsTypeNotServed: false })
        {
            return null;
        }
    }

    /// <summary>Changes an object and returns it as the server sends it then.</summary>
    /// <remarks>Never sent twice when the first may have been applied: see
    /// <see cref="KubernetesException.IsOutcomeUnknown"/>.</remarks>
    /// <param name="type">Its type.</param>
    /// <param name="ns">Its namespace; null when it lives in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="patch">The change; <c>metadata.resourceVersion</c> in it is a precondition (409), and so is
    /// <c>metadata.uid</c> (409 or 422, by the server's version).</param>
    /// <param name="options">The field manager, and dry run.</param>
    /// <param name="cancellationToken">Gives up; the change may have happened.</param>
    public Task<ReadOnlyMemory<byte>> PatchRawAsync(
        ResourceType type, string? ns, string name, V1Patch patch, PatchOptions options,
        CancellationToken cancellationToken) =>
        Requests.SendRawAsync(Patch(type, ns, name, patch, options), cancellationToken);

    /// <summary>
    /// Lists the identities of all objects, page by page: the server sends nothing but their metadata.
    /// </summary>
    /// <param name="type">Their type.</param>
    /// <param name="ns">Their namespace; null: all namespaces.</param>
    /// <param name="options">The selectors, and the size of a page, which is halved where pages are too long.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">The list broke off, and what it gave is no complete set;
    /// <see cref="KubernetesException.IsGone"/>: it took so long that the server forgot its place.</exception>
    public async IAsyncEnumerable<ObjectIdentity> ListIdentitiesAsync(
        ResourceType type, string? ns, ListOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pager = new ListPager(this, type, ns, options, ListPager.MetadataOnly);
        while (!pager.IsDone)
        {
            var page = await pager.NextAsync(cancellationToken);
            if (page.Skipped is { } skipped) yield return skipped.Identity ?? throw pager.Unreadable(skipped.Reason);
            if (page.Unidentified > 0) throw pager.Unreadable("an object of the list is not readable");
            foreach (var item in page.Items)
                yield return ObjectBytes.Identity(item.Span)
                    ?? throw pager.Unreadable("an object of the list has no uid");
        }
    }
}
