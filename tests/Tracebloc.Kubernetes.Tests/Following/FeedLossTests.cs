using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Servers that give no list and no watch.</summary>
public sealed class FeedLossTests : FeedFixture
{
    [Fact]
    public async Task A_definition_that_is_not_installed_is_reported_once_and_waited_for()
    {
        Api.Uninstall(Widgets.Fake);
        await using var feed = Follow();
        var lost = await feed.NextAsync<FeedLost>();
        Assert.Equal((FeedLoss.NotServed, TimeSpan.FromSeconds(0.8)), (lost.Loss, lost.RetryAfter));
        Assert.Contains("the server knows no feed.example.com/v1 widgets", lost.Error.Message);

        _ = feed.Next;
        await PassAsync(0.8);
        await PassAsync(1.6);
        await Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(3.2), Cancelled);
        Api.Install(Widgets.Fake);
        Add("a");
        await PassAsync(3.2);

        Assert.Equal(["a"], await feed.NamesAsync());
    }

    [Fact]
    public async Task A_definition_that_is_removed_is_waited_for()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        _ = feed.Next;
        Api.Uninstall(Widgets.Fake);

        Assert.Equal("a", (await feed.NextAsync<ObjectGone>()).Identity.Name);
        Assert.Equal(FeedLoss.NotServed, (await feed.NextAsync<FeedLost>()).Loss);
        Api.Install(Widgets.Fake);
        _ = feed.Next;
        await PassAsync(0.8);
        Assert.Empty(await feed.NamesAsync());
    }

    [Fact]
    public async Task A_list_that_is_forbidden_is_reported_once_with_the_remedy()
    {
        Api.Deny("watch", "widgets");
        await using var feed = Follow();
        var lost = await feed.NextAsync<FeedLost>();
        Assert.Equal(FeedLoss.Forbidden, lost.Loss);
        Assert.Contains("grant verb \"watch\" on \"widgets\" of API group \"feed.example.com\"", lost.Error.Message);

        _ = feed.Next;
        await PassAsync(0.8);
        await Time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1.6), Cancelled);
        Api.Allow("watch", "widgets");
        await PassAsync(1.6);
        Assert.Empty(await feed.NamesAsync());
    }

    [Fact]
    public async Task A_watch_that_becomes_forbidden_goes_on_from_where_it_was()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        _ = feed.Next;
        Api.Deny("watch", "widgets");
        Api.EndWatches();
        Assert.Equal(FeedLoss.Forbidden, (await feed.NextAsync<FeedLost>()).Loss);
        Note("a", "one");
        Api.Allow("watch", "widgets");
        _ = feed.Next;
        await PassAsync(0.8);

        await feed.NextAsync<FeedResumed>();
        Assert.Equal("one", await TextAsync(feed));
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_asked_ever_more_rarely()
    {
        Api.Fail("watch", "widgets", FakeFault.Status(503), times: 8);
        await using var feed = Follow();
        Assert.Equal(FeedLoss.Unreachable, (await feed.NextAsync<FeedLost>()).Loss);
        var next = feed.Next;
        foreach (var pause in (double[])[0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30]) await PassAsync(pause);

        Assert.IsType<ListBegins>(await next);
    }

    [Fact]
    public async Task Pauses_are_spread()
    {
        Options = Options with { Random = () => 0 };
        Api.Fail("watch", "widgets", FakeFault.Status(503));
        await using var feed = Follow();

        Assert.Equal(TimeSpan.FromSeconds(0.4), (await feed.NextAsync<FeedLost>()).RetryAfter);
    }

    [Fact]
    public async Task A_server_that_asks_for_a_longer_pause_gets_it()
    {
        Api.Fail("watch", "widgets", FakeFault.Status(429, "TooManyRequests", retryAfterSeconds: 7));
        await using var feed = Follow();

        Assert.Equal(TimeSpan.FromSeconds(7), (await feed.NextAsync<FeedLost>()).RetryAfter);
    }

    [Fact]
    public async Task A_connection_that_breaks_once_is_not_reported()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        Api.Fail("watch", "widgets", FakeFault.DropBefore);
        _ = feed.Next;
        Api.EndWatches();
        await PassAsync(0.8);
        await WatchedAsync(2);
        Note("a", "one");

        Assert.Equal("one", await TextAsync(feed));
    }

    [Fact]
    public async Task One_that_breaks_again_is_reported_until_the_watch_goes_on()
    {
        Add("a");
        await using var feed = await FollowListedAsync();
        Api.Fail("watch", "widgets", FakeFault.Status(503), times: 2);
        _ = feed.Next;
        Api.EndWatches();
        await PassAsync(0.8);
        var lost = await feed.NextAsync<FeedLost>();
        Assert.Equal((FeedLoss.Unreachable, TimeSpan.FromSeconds(1.6)), (lost.Loss, lost.RetryAfter));
        _ = feed.Next;
        await PassAsync(1.6);

        await feed.NextAsync<FeedResumed>();
    }

    [Fact]
    public async Task A_loss_that_becomes_another_is_reported_again()
    {
        Api.Fail("watch", "widgets", FakeFault.Status(503));
        Api.Fail("watch", "widgets", FakeFault.Status(403, "Forbidden"));
        await using var feed = Follow();

        Assert.Equal(FeedLoss.Unreachable, (await feed.NextAsync<FeedLost>()).Loss);
        _ = feed.Next;
        await PassAsync(0.8);
        Assert.Equal(FeedLoss.Forbidden, (await feed.NextAsync<FeedLost>()).Loss);
    }
}
