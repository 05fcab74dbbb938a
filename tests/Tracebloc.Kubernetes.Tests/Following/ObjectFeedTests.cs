using System.Text;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Lists and watches of a server that streams lists.</summary>
public class ObjectFeedTests : FeedFixture
{
    private bool IsStreamed => Version.StreamsLists;

    [Fact]
    public async Task A_list_comes_first_and_the_events_follow_from_there()
    {
        Add("a", "b");
        await using var feed = Follow();

        Assert.Equal(IsStreamed, (await feed.NextAsync<ListBegins>()).IsStreamed);
        var (events, end) = await feed.ListAsync();
        Assert.Equal(
            [("a", SeenHow.Listed), ("b", SeenHow.Listed)],
            events.Cast<ObjectSeen>().Select(each => (each.Identity.Name, each.How)));
        Assert.Equal((VersionOf("b"), 0), (end.ResourceVersion, end.Unidentified));

        Add("c");
        Note("c", "second");
        Api.Delete("widget/a");
        Assert.Equal(SeenHow.Added, (await feed.NextAsync<ObjectSeen>()).How);
        Assert.Equal(SeenHow.Modified, (await feed.NextAsync<ObjectSeen>()).How);
        Assert.Equal("a", (await feed.NextAsync<ObjectGone>()).Identity.Name);
    }

    [Fact]
    public async Task The_bytes_are_those_of_the_server()
    {
        Add("a");
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        var listed = await feed.NextAsync<ObjectSeen>();

        var sent = Encoding.UTF8.GetString((await Client.GetRawAsync(Widgets.Type, "tracebloc", "a", Cancelled))!.Value.Span);
        Assert.Equal(sent, Encoding.UTF8.GetString(listed.Json.Span));
        Assert.StartsWith("""{"apiVersion":"feed.example.com/v1","kind":"Widget","metadata":{""", sent);
        var metadata = Api.Get("widget/a")["metadata"]!;
        Assert.Equal(
            new((string)metadata["uid"]!, "tracebloc", "a", (string)metadata["resourceVersion"]!), listed.Identity);
    }

    [Fact]
    public async Task Events_stay_as_they_are_when_later_ones_are_read()
    {
        await using var feed = await FollowListedAsync();
        Add("a");
        var first = await feed.NextAsync<ObjectSeen>();
        Note("a", new string('x', 40_000));
        await feed.NextAsync<ObjectSeen>();

        Assert.Equal("first", Widgets.Text(first.Json));
    }

    [Fact]
    public async Task An_empty_list_has_an_end_too()
    {
        await using var feed = Follow();

        Assert.Empty(await feed.NamesAsync());
    }

    [Fact]
    public async Task A_list_of_several_pages_is_whole()
    {
        Options = Options with { PageSize = 2, StreamLists = false };
        Add("a", "b", "c", "d", "e");
        await using var feed = Follow();

        Assert.Equal(["a", "b", "c", "d", "e"], await feed.NamesAsync());
        Assert.Equal(3, Api.Count("list", "widgets"));
        Assert.DoesNotContain(Api.Calls, call => call.Query.ContainsKey("sendInitialEvents"));
    }

    [Fact]
    public async Task One_namespace_can_be_followed_alone()
    {
        Add("a");
        Api.Add($$$"""
            {"apiVersion":"feed.example.com/v1","kind":"Widget","metadata":{"name":"b","namespace":"other"}}
            """);
        await using var feed = new FeedReader(new ObjectFeed(Client, Widgets.Type, "other", Options), Cancelled);

        Assert.Equal(["b"], await feed.NamesAsync());
    }

    [Fact]
    public async Task A_reader_that_gives_up_ends_the_feed()
    {
        using var reader = new CancellationTokenSource();
        var events = new ObjectFeed(Client, Widgets.Type, null, Options).FollowAsync(reader.Token);
        await using var feed = events.GetAsyncEnumerator(CancellationToken.None);
        while (await feed.MoveNextAsync())
            if (feed.Current is ListEnds) break;
        var next = feed.MoveNextAsync();
        await reader.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }
}

/// <summary>The same of a server that lists in pages.</summary>
public sealed class OldServerFeedTests : ObjectFeedTests
{
    protected override FakeServerVersion Version => FakeServerVersion.Old;

    [Fact]
    public async Task A_server_that_refuses_to_stream_is_asked_for_pages_at_once()
    {
        Add("a");
        await using var feed = Follow();

        Assert.Equal(["a"], await feed.NamesAsync());
        Assert.Equal(["watch", "list"], Api.Calls.Select(call => call.Verb));
        Assert.Equal(422, Api.Calls[0].Status);
        Assert.Equal("500", Api.Calls[1].Query["limit"]);
    }
}
