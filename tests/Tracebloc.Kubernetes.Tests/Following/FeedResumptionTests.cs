using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Watches that end, break, or must begin anew.</summary>
public sealed class FeedResumptionTests : FeedFixture
{
    [Fact]
    public async Task A_watch_that_ends_goes_on_from_where_it_was()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        Note("a", "one");
        Assert.Equal("one", await TextAsync(feed));
        var place = VersionOf("a");
        _ = feed.Next;
        Api.EndWatches();
        await WatchedAsync(2);
        Note("a", "two");

        Assert.Equal("two", await TextAsync(feed));
        Assert.Equal(place, Api.Calls[^1].Query["resourceVersion"]);
        Assert.Equal(0, Api.Count("list", "widgets"));
    }

    [Fact]
    public async Task A_watch_that_is_cut_in_the_middle_of_an_event_loses_nothing()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        Note("a", "one");
        await TextAsync(feed);
        var place = VersionOf("a");
        var cut = new TaskCompletionSource();
        Api.Fail("watch", "widgets", FakeFault.BreakOff(Frame("MODIFIED", "a")[..60], cut.Task));
        _ = feed.Next;
        Api.EndWatches();
        await WatchedAsync(2);
        Note("a", "two");
        cut.SetResult();
        await PassAsync(0.8);

        Assert.Equal("two", await TextAsync(feed));
        Assert.Equal(place, Api.Calls.Last(call => call.Verb == "watch").Query["resourceVersion"]);
    }

    [Fact]
    public async Task A_bookmark_moves_the_place()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        var next = feed.Next;
        Api.Add(Some.ConfigMap("unrelated"));
        var place = (string)Api.Get("configmap/unrelated")["metadata"]!["resourceVersion"]!;
        Api.SendBookmark();
        Api.EndWatches();
        await WatchedAsync(2);
        Note("a", "one");
        await next;

        Assert.Equal(place, Api.Calls[^1].Query["resourceVersion"]);
    }

    [Fact]
    public async Task A_watch_that_ends_at_once_is_no_busy_loop()
    {
        Api.Fail(
            call => call.Verb == "watch" && call.Query.ContainsKey("resourceVersion"), FakeFault.Raw(200, ""), times: 2);
        await using var feed = await FollowListedAsync();
        _ = feed.Next;
        Api.EndWatches();
        await PassAsync(0.8);
        Assert.Contains("the watch ended at once", (await feed.NextAsync<FeedLost>()).Error.Message);
        _ = feed.Next;
        await PassAsync(1.6);
        await WatchedAsync(4);
        Add("a");

        await feed.NextAsync<FeedResumed>();
        Assert.Equal("a", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
    }

    [Fact]
    public async Task A_connection_that_is_silent_for_longer_than_the_server_ever_is_is_dead()
    {
        await using var feed = await FollowListedAsync();
        _ = feed.Next;
        await PassAsync(315);
        await PassAsync(0.8);
        await WatchedAsync(2);
        Add("a");

        Assert.Equal("a", (await feed.NextAsync<ObjectSeen>()).Identity.Name);
    }

    [Fact]
    public async Task What_was_deleted_while_the_history_was_forgotten_is_missing_from_the_next_list()
    {
        Add("a", "b");
        await using var feed = await FollowListedAsync();
        _ = feed.Next;
        Api.ForgetHistory();
        Assert.Equal(FeedLoss.Expired, (await feed.NextAsync<FeedLost>()).Loss);
        Api.Delete("widget/a");
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.Equal(["b"], await feed.NamesAsync());
    }

    [Fact]
    public async Task A_version_that_the_server_has_yet_to_reach_is_no_reason_to_wait()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        Api.Fail("watch", "widgets", FakeFault.Status(504, "Timeout", "Too large resource version: 99, current: 1"));
        _ = feed.Next;
        Api.EndWatches();

        Assert.Equal(FeedLoss.WentBack, (await feed.NextAsync<FeedLost>()).Loss);
        _ = feed.Next;
        await PassAsync(0.8);
        Assert.Equal(["a"], await feed.NamesAsync());
    }

    [Fact]
    public async Task A_backup_of_etcd_is_noticed_after_the_connection_broke()
    {
        Add("a");
        var backup = Api.Backup();
        Add("b");
        await using var feed = await FollowListedAsync();
        Api.Fail("watch", "widgets", FakeFault.Status(503));
        _ = feed.Next;
        Api.Restore(backup);
        await PassAsync(0.8);

        var lost = await feed.NextAsync<FeedLost>();
        Assert.Equal(FeedLoss.WentBack, lost.Loss);
        Assert.Contains("below", lost.Error.Message);
        _ = feed.Next;
        await PassAsync(1.6);
        Assert.Equal(["a"], await feed.NamesAsync());
    }

    [Fact]
    public async Task A_reader_that_is_slow_gets_everything()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        for (var round = 0; round < 300; round++) Note("a", $"{round}");

        for (var round = 0; round < 300; round++) Assert.Equal($"{round}", await TextAsync(feed));
    }
}
