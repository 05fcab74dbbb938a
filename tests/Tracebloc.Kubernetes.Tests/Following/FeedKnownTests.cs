using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Lists of which the reader has a part already.</summary>
public sealed class FeedKnownTests : FeedFixture
{
    [Fact]
    public async Task Objects_that_the_reader_has_are_listed_by_their_metadata_alone()
    {
        Add("a", "b");
        Know("a", "b");
        await using var feed = Follow();

        Assert.False((await feed.NextAsync<ListBegins>()).IsStreamed);
        Assert.Equal("a", (await feed.NextAsync<ObjectKnown>()).Identity.Name);
        Assert.Equal("b", (await feed.NextAsync<ObjectKnown>()).Identity.Name);
        Assert.Equal(VersionOf("b"), (await feed.NextAsync<ListEnds>()).ResourceVersion);
        Assert.Equal(0, Api.Count("get", "widgets"));
        var list = Assert.Single(Api.Calls, call => call is { Verb: "list", Resource: "widgets" });
        Assert.Equal(
            (VersionOf("b"), "NotOlderThan", false),
            (list.Query["resourceVersion"], list.Query["resourceVersionMatch"], list.Query.ContainsKey("limit")));
        Note("a", "second");
        Assert.Equal("second", await TextAsync(feed));
    }

    [Fact]
    public async Task What_the_reader_lacks_is_read_whole()
    {
        Add("a", "b");
        Know("a", "b");
        Note("b", "second");
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        await feed.NextAsync<ObjectKnown>();

        var lacked = await feed.NextAsync<ObjectSeen>();
        Assert.Equal((SeenHow.Listed, "second"), (lacked.How, Widgets.Text(lacked.Json)));
        await feed.NextAsync<ListEnds>();
        Assert.Equal(1, Api.Count("get", "widgets"));
    }

    [Fact]
    public async Task A_reader_that_has_nothing_gets_a_whole_list()
    {
        Add("a");
        Options = Options with { Known = _ => Task.FromResult<KnownObjects?>(null) };
        await using var feed = Follow();

        Assert.Equal(["a"], await feed.NamesAsync());
        Assert.Equal(0, Api.Count("get", "widgets"));
    }

    [Fact]
    public async Task An_object_that_goes_during_the_list_is_a_deletion_after_it()
    {
        Add("a");
        Know((identity, _) =>
        {
            Api.Delete($"widget/{identity.Name}");
            return false;
        });
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        await feed.NextAsync<ListEnds>();

        Assert.Equal("a", (await feed.NextAsync<ObjectGone>()).Identity.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("""{"items":5}""")]
    [InlineData("""{"items":[],"metadata":{}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"\ud800"},"items":[]}""")]
    [InlineData("""{"kind":"Status","metadata":{"resourceVersion":"1"}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"a"}},""")]
    public async Task An_answer_that_is_no_list_is_asked_for_again(string answer)
    {
        Add("a");
        Know("a");
        Api.Fail("list", "widgets", FakeFault.Raw(200, answer));
        await using var feed = Follow();
        FeedEvent lost;
        while ((lost = await feed.NextAnyAsync()) is not FeedLost) Assert.True(lost is ListBegins or ObjectFault);
        Assert.Contains("the list ", ((FeedLost)lost).Error.Message);
        Assert.Equal(FeedLoss.Refused, ((FeedLost)lost).Loss);
        _ = feed.Next;
        await PassAsync(0.8);

        await feed.NextAsync<ListBegins>();
        await feed.NextAsync<ObjectKnown>();
        await feed.NextAsync<ListEnds>();
    }

    [Fact]
    public async Task A_list_of_metadata_that_fails_twice_is_asked_for_whole()
    {
        Add("a");
        Know("a");
        Api.Fail("list", "widgets", FakeFault.Status(500, "InternalError"));
        Api.Fail("list", "widgets", FakeFault.Status(500, "InternalError"));
        await using var feed = Follow();
        await feed.NextAsync<FeedLost>();
        _ = feed.Next;
        await PassAsync(0.8);
        await PassAsync(1.6);

        Assert.Equal(["a"], await feed.NamesAsync());
        Assert.Equal(0, Api.Count("get", "widgets"));
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_alone_is_asked_for_again_with_the_list()
    {
        Add("a");
        Know((_, _) => false);
        Api.Fail("get", "widgets", FakeFault.DropAfter);
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        await feed.NextAsync<FeedLost>();
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.Equal(["a"], await feed.NamesAsync());
    }

    [Fact]
    public async Task A_server_whose_memory_is_behind_the_reader_is_asked_for_a_whole_list()
    {
        Add("a");
        Options = Options with { Known = _ => Task.FromResult<KnownObjects?>(new("999999999", (_, _) => true)) };
        await using var feed = Follow();

        Assert.Equal(["a"], await feed.NamesAsync());
    }

    [Fact]
    public async Task A_reader_that_lacks_thousands_gets_a_whole_list()
    {
        Add(Enumerable.Range(0, 5_001).Select(number => $"w{number}"));
        Know((_, _) => false);
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();

        Assert.Equal(5_001, (await feed.NamesAsync()).Count());
        Assert.Equal(0, Api.Count("get", "widgets"));
    }

    [Fact]
    public async Task After_an_expiry_the_reader_is_asked_again_and_the_list_is_not_older_than_the_feed()
    {
        Add("a");
        Know("a");
        await using var feed = Follow();
        await feed.NextAsync<ListBegins>();
        await feed.NextAsync<ObjectKnown>();
        await feed.NextAsync<ListEnds>();
        Note("a", "second");
        await feed.NextAsync<ObjectSeen>();
        _ = feed.Next;
        Api.ForgetHistory();
        Api.EndWatches();
        Assert.Equal(FeedLoss.Expired, (await feed.NextAsync<FeedLost>()).Loss);
        _ = feed.Next;
        await PassAsync(0.8);

        Assert.Equal(["a"], await feed.NamesAsync());
        Assert.Equal(VersionOf("a"), Api.Calls.Last(call => call.Verb == "list").Query["resourceVersion"]);
    }

    /// <summary>The reader has these objects as they are now.</summary>
    private void Know(params string[] names)
    {
        var versions = names.ToDictionary(name => name, VersionOf);
        Know((identity, _) => versions.GetValueOrDefault(identity.Name) == identity.ResourceVersion);
    }

    private void Know(Func<ObjectIdentity, ReadOnlyMemory<byte>, bool> has)
    {
        var newest = Api.List("widgets").Max(widget => long.Parse((string)widget["metadata"]!["resourceVersion"]!));
        Options = Options with { Known = _ => Task.FromResult<KnownObjects?>(new($"{newest}", has)) };
    }
}
