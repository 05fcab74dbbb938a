using Tracebloc.Testing;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Reads a feed event by event; a feed that falls silent fails the test.</summary>
internal sealed class FeedReader(ObjectFeed feed, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<FeedEvent> _events =
        feed.FollowAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    private Task<FeedEvent>? _next;

    /// <summary>Asks for the next event, without waiting for it.</summary>
    public Task<FeedEvent> Next => _next ??= ReadAsync(cancellationToken);

    public async Task<T> NextAsync<T>()
        where T : FeedEvent
    {
        var next = await Next.WaitAsync(Bound.OfWaits, TimeProvider.System, cancellationToken);
        _next = null;
        return Assert.IsType<T>(next);
    }

    /// <summary>The events up to the end of the list, without it.</summary>
    public async Task<(IReadOnlyList<FeedEvent> Events, ListEnds End)> ListAsync()
    {
        List<FeedEvent> events = [];
        while (true)
        {
            var next = await NextAnyAsync();
            if (next is ListEnds end) return (events, end);
            events.Add(next);
        }
    }

    /// <summary>The names in the list, which must have no faults.</summary>
    public async Task<IEnumerable<string>> NamesAsync()
    {
        await NextAsync<ListBegins>();
        var (events, end) = await ListAsync();
        Assert.Equal(0, end.Unidentified);
        return events.Select(each => Assert.IsType<ObjectSeen>(each).Identity.Name);
    }

    public async Task<FeedEvent> NextAnyAsync()
    {
        var next = await Next.WaitAsync(Bound.OfWaits, TimeProvider.System, cancellationToken);
        _next = null;
        return next;
    }

    public async ValueTask DisposeAsync()
    {
        // An enumerator that is still read cannot be disposed of; the test's end cancels it.
        if (_next is null or { IsCompleted: true }) await _events.DisposeAsync();
    }

    private async Task<FeedEvent> ReadAsync(CancellationToken cancelled)
    {
        Assert.True(await _events.MoveNextAsync());
        cancelled.ThrowIfCancellationRequested();
        return _events.Current;
    }
}
