using System.Runtime.CompilerServices;

namespace Tracebloc.Kubernetes;

/// <summary>
/// Follows all objects of a type: lists them, watches them from there, and lists again only where the server no longer
/// knows what happened in between. Objects are bytes: an odd one is one <see cref="ObjectFault"/>, no more.
/// </summary>
/// <param name="client">
/// The API server. <see cref="KubernetesClientOptions.MaxResponseBytes"/> bounds a page and an object, and so, twice,
/// the memory of the feed.
/// </param>
/// <param name="type">The type of the objects.</param>
/// <param name="ns">Their namespace; null: all namespaces.</param>
/// <param name="options">Pauses and pages.</param>
public sealed class ObjectFeed(KubernetesClient client, ResourceType type, string? ns, FeedOptions options)
{
    /// <summary>The type of the objects.</summary>
    public ResourceType Type => type;

    /// <summary>Follows until it is cancelled. It fails with nothing but the cancellation.</summary>
    /// <remarks>
    /// The caller's work between two events holds the reading; nothing is read ahead but a page, or what the connection
    /// buffers. A server ends the watch of a reader that is too slow: the feed goes on from the last event, or with a
    /// list when that is forgotten (a server remembers some minutes). A streamed list that breaks off is asked for in
    /// pages, which are read at full speed; a list in pages must end before the server forgets its place, five minutes
    /// after the beginning or later, or it begins anew.
    /// </remarks>
    /// <param name="cancellationToken">Ends the feed with <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<FeedEvent> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var requests = new FeedRequests(client, type, ns, options);
        using var session = new FeedSession(client, requests, options);
        while (true) yield return await session.NextAsync(cancellationToken);
    }
}
