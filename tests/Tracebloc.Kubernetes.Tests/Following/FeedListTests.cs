using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Lists that break off.</summary>
public sealed class FeedListTests : FeedFixture
{
    [Fact]
    public async Task A_streamed_list_that_breaks_off_is_asked_for_in_pages()
    {
        Add("a", "b");
        var cut = new TaskCompletionSource();
        Api.Fail("watch", "widgets", FakeFault.BreakOff(Frame("ADDED", "a"), cut.Task));
        await using var feed = Follow();
        Assert.True((await feed.NextAsync<ListBegins>()).IsStreamed);
        Assert.Equal("a", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
        cut.SetResult();
        Assert.Equal(FeedLoss.Unreachable, (await feed.NextAsync<FeedLost>()).Loss);
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.Equal(["a", "b"], await feed.NamesAsync());
        Assert.Equal(1, Api.Count("list", "widgets"));
    }

    [Fact]
    public async Task A_server_that_ignores_the_question_for_a_streamed_list_is_asked_for_pages()
    {
        Add("a");
        var never = new TaskCompletionSource();
        Api.Fail("watch", "widgets", FakeFault.BreakOff(Frame("ADDED", "a"), never.Task));
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        await feed.NextAsync<ObjectSeen>();
        _ = feed.Next;
        await PassAsync(15);
        await feed.NextAsync<FeedLost>();
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.Equal(["a"], await feed.NamesAsync());
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again_and_the_list_goes_on()
    {
        Options = Options with { PageSize = 1, StreamLists = false };
        Add("a", "b", "c");
        Api.Fail(call => call.Query.ContainsKey("continue"), FakeFault.DropAfter);
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        Assert.Equal("a", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
        Assert.Equal(FeedLoss.Unreachable, (await feed.NextAsync<FeedLost>()).Loss);
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.Equal("b", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
        await feed.NextAsync<FeedResumed>();
        Assert.Equal("c", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
        await feed.NextAsync<ListEnds>();
    }

    [Fact]
    public async Task A_list_whose_place_is_forgotten_begins_anew()
    {
        Options = Options with { PageSize = 1, StreamLists = false };
        Add("a", "b");
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        await feed.NextAsync<ObjectSeen>();
        Api.ForgetHistory();
        Assert.Equal(FeedLoss.Expired, (await feed.NextAsync<FeedLost>()).Loss);
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.Equal(["a", "b"], await feed.NamesAsync());
    }

    [Fact]
    public async Task Events_between_two_pages_come_after_the_list()
    {
        Options = Options with { PageSize = 1, StreamLists = false };
        Add("a", "b");
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        await feed.NextAsync<ObjectSeen>();
        Note("a", "one");
        Add("aa");
        var (rest, _) = await feed.ListAsync();

        Assert.Equal(["b"], rest.Cast<ObjectSeen>().Select(each => each.Identity.Name));
        Assert.Equal("one", await TextAsync(feed));
        Assert.Equal("aa", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
    }

    [Fact]
    public async Task After_a_list_in_pages_the_next_is_streamed_again()
    {
        Add("a");
        Api.Fail("watch", "widgets", FakeFault.Raw(200, ""));
        await using var feed = Follow();
        Assert.True((await feed.NextAsync<ListBegins>()).IsStreamed);
        await feed.NextAsync<FeedLost>();
        _ = feed.Next;
        await PassAsync(0.8);
        Assert.False((await feed.NextAsync<ListBegins>()).IsStreamed);
        await feed.ListAsync();
        _ = feed.Next;
        await WatchedAsync(2);
        Api.ForgetHistory();
        await feed.NextAsync<FeedLost>();
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.True((await feed.NextAsync<ListBegins>()).IsStreamed);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_asked_for_again()
    {
        Options = Options with { StreamLists = false };
        Api.Fail("list", "widgets", FakeFault.Raw(200, """{"kind":"WidgetList","items":5}"""));
        await using var feed = Follow();
        var lost = await feed.NextAsync<FeedLost>();
        Assert.Equal(FeedLoss.Refused, lost.Loss);
        Assert.Contains("the list cannot be read", lost.Error.Message);
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.Empty(await feed.NamesAsync());
    }
}
