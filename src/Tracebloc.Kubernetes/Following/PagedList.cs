namespace Tracebloc.Kubernetes;

/// <summary>The list of a feed, in pages.</summary>
internal sealed class PagedList(FeedRequests requests)
{
    private ListPager? _pager;
    private ListPage? _page;
    private int _next;
    private int _unidentified;

    /// <summary>It has begun, and not ended.</summary>
    internal bool IsUnderWay => _pager is not null;

    /// <summary>The version of the list that ended last.</summary>
    internal string? ResourceVersion { get; private set; }

    /// <summary>Adds the next events: an object, or what comes before and after all of them.</summary>
    internal async Task NextAsync(Queue<FeedEvent> events, CancellationToken cancellationToken)
    {
        var isFirst = _pager is null;
        _pager ??= requests.List();
        if (_page is null)
        {
            _page = await FetchAsync(_pager, isFirst, cancellationToken);
            if (isFirst) events.Enqueue(new ListBegins(IsStreamed: false));
            if (_page.Skipped is { } skipped) events.Enqueue(skipped);
            _unidentified += _page.Unidentified;
        }

        if (_next < _page.Items.Count) events.Enqueue(Event(_page.Items[_next++].Span));
        else End(_pager, _page, events);
    }

    /// <summary>Gives the list up: the next one begins anew.</summary>
    internal void Abandon() => (_pager, _page, _next, _unidentified) = (null, null, 0, 0);

    // A first page that fails is no list that has begun.
    private async Task<ListPage> FetchAsync(ListPager pager, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            return await pager.NextAsync(cancellationToken);
        }
        catch (KubernetesException) when (isFirst)
        {
            Abandon();
            throw;
        }
    }

    private FeedEvent Event(ReadOnlySpan<byte> item)
    {
        if (ObjectBytes.Identity(item) is { } identity) return new ObjectSeen(identity, item.ToArray(), SeenHow.Listed);
        _unidentified++;
        return ObjectFault.Unidentified();
    }

    private void End(ListPager pager, ListPage page, Queue<FeedEvent> events)
    {
        (_page, _next) = (null, 0);
        if (!pager.IsDone) return;
        ResourceVersion = page.ResourceVersion ?? throw pager.Unreadable("the list has no version");
        events.Enqueue(new ListEnds(ResourceVersion, _unidentified));
        Abandon();
    }
}
