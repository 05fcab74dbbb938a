namespace Tracebloc.Kubernetes;

/// <summary>One feed: the list, then the watch, and the way back to either after a failure.</summary>
internal sealed class FeedSession(KubernetesClient client, FeedRequests requests, FeedOptions options) : IDisposable
{
    private const int MostKnownAttempts = 2;

    private readonly Queue<FeedEvent> _events = [];
    private readonly FeedTrouble _trouble = new(options);
    private readonly PagedList _pages = new(requests);
    private readonly KnownList _known = new(client.Requests, requests, options);
    private FeedStream? _stream;

    // The version from which the watch goes on; null: a list comes first.
    private string? _version;

    // The newest version that the feed has come to.
    private string? _newest;
    private int _knownAttempts;
    private bool _prefersPages = !options.StreamLists;
    private int _unidentified;
    private bool _isUnread;

    private KubernetesClientOptions Limits => client.Requests.Options;

    /// <summary>The next event.</summary>
    internal async ValueTask<FeedEvent> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_events.TryDequeue(out var next)) return next;
            try
            {
                if (_trouble.Pause is { } pause) await PauseAsync(pause, cancellationToken);
                await StepAsync(cancellationToken);
            }
            catch (KubernetesException e)
            {
                Fail(e);
            }
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _known.Dispose();
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, client.Requests.Time, cancellationToken);
        _trouble.Resume();
    }

    private Task StepAsync(CancellationToken cancellationToken) =>
        _version is not null ? WatchAsync(_version, cancellationToken)
        : _known.IsUnderWay || _knownAttempts < MostKnownAttempts ? ListKnownAsync(cancellationToken)
        : _prefersPages || _pages.IsUnderWay ? ListAsync(cancellationToken)
        : StreamListAsync(cancellationToken);

    private async Task ListKnownAsync(CancellationToken cancellationToken)
    {
        if (!_known.IsUnderWay) _knownAttempts++;
        if (!await _known.NextAsync(_newest, _events, cancellationToken))
        {
            _known.Abandon();
            _knownAttempts = MostKnownAttempts;
        }
        else
        {
            _trouble.Connect();
            if (_known.ResourceVersion is { } version) EndList(version);
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var isUnderWay = _pages.IsUnderWay;
        await _pages.NextAsync(_events, cancellationToken);
        if (isUnderWay) Reconnect();
        _trouble.Connect();
        _trouble.Succeed();
        if (!_pages.IsUnderWay && _pages.ResourceVersion is { } version) EndList(version);
    }

    private async Task StreamListAsync(CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            _stream = await OpenListAsync(cancellationToken);
            if (_stream is not null) BeginList();
            return;
        }

        // The bookmark at the end comes as soon as the server has caught up with etcd: client-go warns after 10 s.
        var frame = await _stream.ReadAsync(Limits.RequestTimeout, cancellationToken)
            ?? throw KubernetesError.Broken(requests.Watch, new EndOfStreamException("the list did not end"));
        if (!frame.IsBookmark) Report(frame, SeenHow.Listed);
        else if (ObjectBytes.IsEndOfList(frame.Object.Span) && frame.ResourceVersion is { } version)
        {
            _isUnread = false;
            _events.Enqueue(new ListEnds(version, _unidentified));
            EndList(version);
        }
    }

    private void BeginList()
    {
        _unidentified = 0;
        _trouble.Connect();
        _events.Enqueue(new ListBegins(IsStreamed: true));
    }

    private void EndList(string version)
    {
        (_version, _newest, _knownAttempts, _prefersPages) = (version, version, 0, !options.StreamLists);
        _trouble.Succeed();
    }

    /// <returns>Null when the server does not stream lists.</returns>
    private async Task<FeedStream?> OpenListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await requests.StreamListAsync(cancellationToken);
        }
        catch (KubernetesException e) when (e.Code is 400 or 422)
        {
            _prefersPages = true;
            return null;
        }
    }

    private async Task WatchAsync(string version, CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            await OpenWatchAsync(version, cancellationToken);
            return; // its event does not wait for what the server sends
        }

        var silence = Limits.WatchRequestTimeout + Limits.RequestTimeout;
        if (await _stream.ReadAsync(silence, cancellationToken) is { } frame)
        {
            _isUnread = false;
            _trouble.Succeed();
            if (!frame.IsBookmark) Report(frame, SeenHow.Added);
            _version = _newest = frame.ResourceVersion ?? version;
            return;
        }

        // A request that lasted was the server's own way to end it; one that did not must not become a busy loop.
        if (_isUnread && _stream.Age < options.FirstPause)
            throw KubernetesError.Broken(requests.Watch, new EndOfStreamException("the watch ended at once"));
        _trouble.Succeed();
        Close();
    }

    private async Task OpenWatchAsync(string version, CancellationToken cancellationToken)
    {
        // An API server waits in silence until etcd, restored from a backup, has come to the version again.
        if (_trouble.Attempts > 0 && VersionOrder.IsBelow(await requests.VersionAsync(cancellationToken), version))
        {
            Report(FeedLoss.WentBack, KubernetesError.Unreadable(
                requests.Watch, $"the server is at a version below {version}, which was seen already"));
            return;
        }

        _stream = await requests.WatchAsync(version, cancellationToken);
        _isUnread = true;
        Reconnect();
    }

    private void Reconnect()
    {
        if (_trouble.IsReported) _events.Enqueue(new FeedResumed());
        _trouble.Connect();
    }

    private void Report(FeedFrame frame, SeenHow added)
    {
        var happened = frame.ToEvent(added);
        if (happened is ObjectFault { Identity: null }) _unidentified++;
        _events.Enqueue(happened);
    }

    private void Fail(KubernetesException error)
    {
        // A streamed list that breaks off is asked for in pages: a reader that is too slow for it is not for them.
        if (_version is null && _stream is not null) _prefersPages = true;
        _known.Abandon();
        Close();
        Report(FeedTrouble.Kind(error), error);
    }

    private void Report(FeedLoss loss, KubernetesException error)
    {
        var isWatch = _version is not null;
        if (loss is FeedLoss.Expired or FeedLoss.WentBack or FeedLoss.NotServed
            || (loss == FeedLoss.Refused && _trouble.Attempts > 0))
        {
            _version = null;
            _pages.Abandon();
            if (loss == FeedLoss.WentBack) _newest = null;
        }

        if (_trouble.Fail(loss, error, isSilentOnce: isWatch) is { } lost) _events.Enqueue(lost);
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
