using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>
/// The list of a feed whose reader has most of the objects. The metadata of all come from the memory of the API server,
/// which costs it a small part of a list from etcd; then the objects that the reader lacks are read one by one.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#semantics-for-get-and-list"/>
internal sealed class KnownList(RequestSender sender, FeedRequests requests, FeedOptions options) : IDisposable
{
    // A list in pages reads more than these faster than one by one.
    private const int MostLacked = 5_000, MostCalls = 8;

    // A part is handed over before the next is read.
    private const int PartItems = 500;

    private readonly List<ObjectIdentity> _lacked = [];
    private KubernetesRequest? _request;
    private KnownObjects? _known;
    private ListStream? _list;
    private int _read, _unidentified;

    /// <summary>It has begun, and not ended.</summary>
    internal bool IsUnderWay => _list is not null;

    /// <summary>The version of the list, once it has ended.</summary>
    internal string? ResourceVersion { get; private set; }

    /// <summary>Adds the next events.</summary>
    /// <param name="seen">The newest version that the feed has come to; null before the first list.</param>
    /// <param name="events">Their place.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where the reader has too little, or the server is behind: then all is listed whole.</returns>
    internal async Task<bool> NextAsync(string? seen, Queue<FeedEvent> events, CancellationToken cancellationToken)
    {
        if (_list is null) return await BeginAsync(seen, events, cancellationToken);
        if (!_list.IsDone) await ReadAsync(_list, events, cancellationToken);
        else if (_read < _lacked.Count) await FindAsync(events, cancellationToken);
        else End(_list, events);
        return _lacked.Count <= MostLacked;
    }

    /// <summary>Gives the list up: the next one begins anew.</summary>
    internal void Abandon()
    {
        _list?.Dispose();
        _lacked.Clear();
        (_list, _known, _read, _unidentified) = (null, null, 0, 0);
    }

    public void Dispose() => Abandon();

    private async Task<bool> BeginAsync(string? seen, Queue<FeedEvent> events, CancellationToken cancellationToken)
    {
        if (options.Known is null || await options.Known(cancellationToken) is not { } known) return false;
        _request = requests.ListKnown(
            seen is { } version && VersionOrder.IsBelow(known.Version, version) ? version : known.Version);
        if (await OpenAsync(_request, cancellationToken) is not { } body) return false;
        _list = new ListStream(body, sender.Options.MaxResponseBytes);
        (_known, ResourceVersion) = (known, null);
        events.Enqueue(new ListBegins(IsStreamed: false));
        return true;
    }

    /// <returns>
    /// Null where the memory of the server has not come to the version: a whole list tells whether etcd has.
    /// </returns>
    private async Task<Stream?> OpenAsync(KubernetesRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.OpenStreamAsync(request, cancellationToken);
        }
        catch (KubernetesException e) when (e.IsVersionTooLarge)
        {
            return null;
        }
    }

    private async Task ReadAsync(ListStream list, Queue<FeedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            while (events.Count < PartItems && _lacked.Count <= MostLacked)
                if (list.TryTake(out var item)) Take(item, events);
                else if (list.IsDone) break;
                else
                    await sender.ReadAsync(Request, sender.Options.RequestTimeout, list.FillAsync, cancellationToken);
        }
        catch (JsonException e)
        {
            throw KubernetesError.Unreadable(Request, "the list cannot be read", e);
        }
    }

    private KubernetesRequest Request => _request ?? throw new InvalidOperationException("not begun");

    private void Take(ReadOnlyMemory<byte> item, Queue<FeedEvent> events)
    {
        if (ObjectBytes.Identity(item.Span) is not { } identity)
        {
            _unidentified++;
            events.Enqueue(ObjectFault.Unidentified());
        }
        else if (_known?.Has(identity, item) == true)
        {
            events.Enqueue(new ObjectKnown(identity));
        }
        else
        {
            _lacked.Add(identity);
        }
    }

    private async Task FindAsync(Queue<FeedEvent> events, CancellationToken cancellationToken)
    {
        var some = _lacked.Slice(_read, Math.Min(MostCalls, _lacked.Count - _read));
        foreach (var found in await Throttled.SelectAsync(some, MostCalls, FindAsync, cancellationToken))
            if (found is not null) events.Enqueue(found);
        _read += some.Count;
    }

    /// <returns>Null for an object that is gone: its deletion follows the list.</returns>
    private async Task<FeedEvent?> FindAsync(ObjectIdentity lacked, CancellationToken cancellationToken)
    {
        try
        {
            return await requests.FindAsync(lacked, cancellationToken) is not { } json ? null
                : ObjectBytes.Identity(json.Span) is { } identity ? new ObjectSeen(identity, json, SeenHow.Listed)
                : new ObjectFault(lacked, "the object has no name or uid");
        }
        catch (KubernetesException e) when (e.IsTooLong)
        {
            return ObjectFault.TooLong(lacked, sender.Options.MaxResponseBytes);
        }
    }

    private void End(ListStream list, Queue<FeedEvent> events)
    {
        ResourceVersion = list.ResourceVersion
            ?? throw KubernetesError.Unreadable(Request, "the list has no version");
        events.Enqueue(new ListEnds(ResourceVersion, _unidentified));
        Abandon();
    }
}
