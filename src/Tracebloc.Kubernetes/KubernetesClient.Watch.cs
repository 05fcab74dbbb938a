using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>
    /// Follows changes. The server ends each request after a while and connections break: the watch goes on from the
    /// last resource version, so that nothing is missed and, at worst, something is seen twice.
    /// </summary>
    /// <param name="type">The type of the objects.</param>
    /// <param name="ns">Their namespace; null: all namespaces.</param>
    /// <param name="options">The selectors, the start and the duration.</param>
    /// <param name="json">The type of an object.</param>
    /// <param name="cancellationToken">Ends the watch with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="KubernetesException"><see cref="KubernetesException.IsGone"/>: the server no longer knows what
    /// happened since the resource version; read the state anew and watch from there.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        ResourceType type, string? ns, WatchOptions options, JsonTypeInfo<T> json,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new KubernetesRequest("watch", HttpMethod.Get, type, ns) { KeepsConnection = true };
        using var session = new WatchSession(
            request, options, Requests.Options, Requests.OpenStreamAsync, Requests.Time);
        while (await session.NextAsync(cancellationToken) is { } frame)
        {
            if (frame.Type != "BOOKMARK") yield return Read(request, frame, json);
            else if (options.Bookmarks) yield return new(WatchEventType.Bookmark, default, frame.ResourceVersion);
        }
    }

    private static WatchEvent<T> Read<T>(KubernetesRequest request, WatchFrame frame, JsonTypeInfo<T> json)
    {
        var type = frame.Type switch
        {
            "ADDED" => WatchEventType.Added,
            "MODIFIED" => WatchEventType.Modified,
            "DELETED" => WatchEventType.Deleted,
            _ => throw KubernetesError.Unreadable(request, $"an event of unknown type '{Line.Of(frame.Type)}'"),
        };
        try
        {
            return new(type, JsonSerializer.Deserialize(frame.Object.Span, json), frame.ResourceVersion);
        }
        catch (JsonException e)
        {
            throw KubernetesError.Unreadable(request, "an event is not what was expected", e);
        }
    }
}
