using System.Text;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Odd objects: each is one fault and no more.</summary>
public sealed class FeedObjectTests : FeedFixture
{
    private const int Limit = 64 * 1024;

    protected override KubernetesClientOptions Limits => new() { MaxRetries = 0, MaxResponseBytes = Limit };

    [Fact]
    public async Task An_event_that_is_too_long_names_its_object_and_the_next_ones_come()
    {
        Add("a", "b");
        await using var feed = await FollowListedAsync();
        Note("a", new string('x', 3 * Limit));
        Note("b", "one");

        var fault = await feed.NextAsync<ObjectFault>();
        Assert.Equal((string)Api.Get("widget/a")["metadata"]!["uid"]!, fault.Identity?.Uid);
        Assert.Equal($"the event is longer than {Limit} bytes", fault.Reason);
        Assert.Equal("one", await TextAsync(feed));
    }

    [Fact]
    public async Task An_event_of_an_unknown_type_is_a_fault_of_its_object()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        var open = new TaskCompletionSource();
        Api.Fail("watch", "widgets", FakeFault.BreakOff(
            Frame("PARTED", "a") + Frame("MODIFIED", "a"), open.Task));
        _ = feed.Next;
        Api.EndWatches();

        var fault = await feed.NextAsync<ObjectFault>();
        Assert.Equal(("a", "the event is of the unknown type 'PARTED'"), (fault.Identity?.Name, fault.Reason));
        await feed.NextAsync<ObjectSeen>();
        open.SetResult();
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_asked_for_again_and_then_a_list()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        Api.Fail("watch", "widgets", FakeFault.Raw(200, "no event\n"), times: 2);
        _ = feed.Next;
        Api.EndWatches();
        Assert.Equal(FeedLoss.Refused, (await feed.NextAsync<FeedLost>()).Loss);
        _ = feed.Next;
        await PassAsync(0.8);
        await feed.NextAsync<FeedResumed>();
        await feed.NextAsync<FeedLost>();
        _ = feed.Next;
        await PassAsync(1.6);

        Assert.Equal(["a"], await feed.NamesAsync());
    }

    [Fact]
    public async Task Pages_that_are_too_long_are_halved_until_they_fit()
    {
        Options = Options with { PageSize = 8, StreamLists = false };
        foreach (var name in (string[])["a", "b", "c", "d"]) Api.Add(Widgets.Some(name, new string('x', Limit / 3)));
        await using var feed = Follow();

        Assert.Equal(["a", "b", "c", "d"], await feed.NamesAsync());
        Assert.Equal(
            ["8", "4", "2", "2"],
            Api.Calls.Where(call => call.Verb == "list").Select(call => call.Query["limit"]));
    }

    [Fact]
    public async Task Pages_grow_again_where_objects_are_short()
    {
        Options = Options with { PageSize = 2, StreamLists = false };
        foreach (var name in (string[])["a", "b"]) Api.Add(Widgets.Some(name, new string('x', Limit * 3 / 4)));
        Add("c", "d", "e");
        await using var feed = Follow();

        Assert.Equal(["a", "b", "c", "d", "e"], await feed.NamesAsync());
        Assert.Equal(
            ["2", "1", "1", "1", "2"],
            Api.Calls.Where(call => call.Verb == "list").Select(call => call.Query["limit"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task An_object_that_no_page_can_hold_is_a_fault_and_the_list_goes_on(int size)
    {
        Options = Options with { PageSize = size, StreamLists = false };
        Add("a");
        Api.Add(Widgets.Some("b", "[{\"\\" + new string('x', 2 * Limit)));
        Add("c");
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        var (events, end) = await feed.ListAsync();

        Assert.Equal(["a", "c"], events.OfType<ObjectSeen>().Select(each => each.Identity.Name));
        var fault = Assert.Single(events.OfType<ObjectFault>());
        Assert.Equal(VersionOf("b"), fault.Identity?.ResourceVersion);
        Assert.Equal(($"the object is longer than {Limit} bytes", 0), (fault.Reason, end.Unidentified));
    }

    [Fact]
    public async Task An_object_without_a_uid_is_counted()
    {
        Options = Options with { StreamLists = false };
        Api.Fail("list", "widgets", FakeFault.Raw(200, """
            {"metadata":{"resourceVersion":"5"},"items":[5,{"metadata":{"name":"a","uid":"","resourceVersion":"1"}},
             {"metadata":{"name":"b","uid":"1-2","resourceVersion":"1","namespace":"n"}},
             {"metadata":{"name":"c","uid":"\ud800","resourceVersion":"1"}}]}
            """));
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        var (events, end) = await feed.ListAsync();

        Assert.Equal(3, events.OfType<ObjectFault>().Count(fault => fault.Identity is null));
        Assert.Equal(new("1-2", "n", "b", "1"), Assert.Single(events.OfType<ObjectSeen>()).Identity);
        Assert.Equal(("5", 3), (end.ResourceVersion, end.Unidentified));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_object_as_deep_as_the_server_allows_is_an_object(bool isStreamed)
    {
        var deep = new StringBuilder().Insert(0, "{\"a\":", 4000).Append('1').Append('}', 4000);
        var item = $$$"""{"spec":{{{deep}}},"metadata":{"name":"a","uid":"1-2","resourceVersion":"1"}}""";
        var open = new TaskCompletionSource();
        Options = Options with { StreamLists = isStreamed };
        Api.Fail("watch", "widgets", FakeFault.BreakOff(
            """{"type":"ADDED","object":""" + item + "}\n", open.Task));
        Api.Fail("list", "widgets", FakeFault.Raw(
            200, $$"""{"metadata":{"resourceVersion":"5"},"items":[{{item}}]}"""));
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();

        Assert.Equal(item, Encoding.UTF8.GetString((await feed.NextAsync<ObjectSeen>()).Json.Span));
        open.SetResult();
    }
}
