using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

public abstract partial class ObjectContract
{
    private protected static WatchOptions Web => new()
    {
        FieldSelector = "metadata.name=web",
        Timeout = TimeSpan.FromSeconds(20),
    };

    [Fact]
    public async Task A_watch_without_a_version_begins_with_what_is_there()
    {
        await CreateAsync(Deployment());
        await CreateAsync(Deployment("other"));
        var first = await WatchAsync(Web).FirstAsync(Cancelled);

        Assert.Equal(WatchEventType.Added, first.Type);
        Assert.Equal("web", (string?)first.Object!["metadata"]!["name"]);
        Assert.Equal(Version(first.Object), first.ResourceVersion);
    }

    [Fact]
    public async Task A_watch_from_a_version_tells_only_what_happened_since()
    {
        var since = Version(await CreateAsync(Deployment()));
        await MergeAsync("""{"metadata":{"annotations":{"note":"second"}}}""");
        await Client.DeleteAsync(ResourceType.Deployments, new(Ns, "web"), new DeleteOptions(), Cancelled);
        var types = new List<WatchEventType>();
        var notes = new List<string?>();
        await foreach (var change in WatchAsync(Web with { ResourceVersion = since }))
        {
            types.Add(change.Type);
            notes.Add(Annotation(change.Object!, "note"));
            if (change.Type == WatchEventType.Deleted) break;
        }

        Assert.DoesNotContain(WatchEventType.Added, types);
        Assert.Contains(WatchEventType.Modified, types);
        Assert.Contains("second", notes);
        Assert.Equal(WatchEventType.Deleted, types[^1]);
    }

    [Fact]
    public async Task A_watch_ends_without_an_error_when_its_time_is_up()
    {
        var version = Version(await CreateAsync(Deployment("other")));

        Assert.Empty(await WatchAsync(Web with { ResourceVersion = version, Timeout = TimeSpan.FromSeconds(1) })
            .ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_bookmark_says_how_far_the_watch_has_come()
    {
        var version = Version(await CreateAsync(Deployment("other")));
        await using var events = WatchAsync(
            Web with { ResourceVersion = version, Bookmarks = true, Timeout = TimeSpan.FromSeconds(8) })
            .GetAsyncEnumerator(Cancelled);
        var next = events.MoveNextAsync();
        await Server.ProvokeBookmarkAsync(Cancelled);

        Assert.True(await next);
        Assert.Equal(WatchEventType.Bookmark, events.Current.Type);
        Assert.Null(events.Current.Object);
        Assert.NotNull(events.Current.ResourceVersion);
    }

    private protected IAsyncEnumerable<WatchEvent<JsonObject>> WatchAsync(WatchOptions options) =>
        Client.WatchAsync(ResourceType.Deployments, Ns, options, Cancelled);
}
