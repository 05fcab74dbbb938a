namespace Tracebloc.Kubernetes;

/// <summary>The requests of a feed.</summary>
internal sealed class FeedRequests(KubernetesClient client, ResourceType type, string? ns, FeedOptions options)
{
    private readonly KubernetesRequest _watch = new("watch", HttpMethod.Get, type, ns) { KeepsConnection = true };

    internal KubernetesRequest Watch => _watch;

    /// <summary>
    /// The metadata of all objects in one answer, from the memory of the server; whole objects of one that does not
    /// know this form.
    /// </summary>
    /// <param name="version">The list is not older.</param>
    internal KubernetesRequest ListKnown(string version) => new("list", HttpMethod.Get, type, ns)
    {
        Accept = ListPager.MetadataOnly,
        Query = new QueryString().Add("resourceVersion", version).Add("resourceVersionMatch", "NotOlderThan"),
    };

    /// <summary>One object; null where there is none of its name.</summary>
    internal Task<ReadOnlyMemory<byte>?> FindAsync(ObjectIdentity one, CancellationToken cancellationToken) =>
        client.GetRawAsync(type, one.Namespace.Length == 0 ? null : one.Namespace, one.Name, cancellationToken);

    internal ListPager List() => new(client, type, ns, new() { PageSize = options.PageSize }, ListPager.Whole);

    /// <summary>The events after a version.</summary>
    internal Task<FeedStream> WatchAsync(string version, CancellationToken cancellationToken) =>
        OpenAsync(new QueryString().Add("resourceVersion", version), cancellationToken);

    /// <summary>All objects, a bookmark, and the events from there.</summary>
    /// <exception cref="KubernetesException">422: the server does not stream lists. A server may also ignore the
    /// question: then the bookmark never comes.</exception>
    internal Task<FeedStream> StreamListAsync(CancellationToken cancellationToken) => OpenAsync(
        new QueryString().Add("sendInitialEvents", "true").Add("resourceVersionMatch", "NotOlderThan"),
        cancellationToken);

    /// <summary>The version that the server is at; null where it gives none.</summary>
    internal async Task<string?> VersionAsync(CancellationToken cancellationToken)
    {
        var list = new ListPager(client, type, ns, new() { PageSize = 1 }, ListPager.MetadataOnly);
        return (await list.NextAsync(cancellationToken)).ResourceVersion;
    }

    private async Task<FeedStream> OpenAsync(QueryString query, CancellationToken cancellationToken)
    {
        var request = _watch with
        {
            Query = query.Add("watch", "true").Add("allowWatchBookmarks", "true").Add(
                "timeoutSeconds", Math.Max(1, (int)client.Requests.Options.WatchRequestTimeout.TotalSeconds)),
        };
        var body = await client.Requests.OpenStreamAsync(request, cancellationToken);
        return new(request, body, client.Requests);
    }
}
