using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class WatchTests : ClientFixture
{
    [Fact]
    public async Task A_watch_that_ends_goes_on_from_where_it_was()
    {
        await using var events = Watch(Version());
        Note("one");
        await NextAsync(events, "one");
        var place = Version();
        var next = events.MoveNextAsync();
        await OpenAsync(1);
        Api.EndWatches();
        await PassAsync(TimeSpan.FromSeconds(1));
        await OpenAsync(2);
        Note("two");

        Assert.True(await next);
        Assert.Equal("two", Text(events.Current));
        Assert.Equal(place, Api.Calls.Last(call => call.Verb == "watch").Query["resourceVersion"]);
    }

    [Fact]
    public async Task A_bookmark_moves_the_place_without_being_told()
    {
        await using var events = Watch(Version());
        var next = events.MoveNextAsync();
        await OpenAsync(1);
        Api.Add(Some.ConfigMap("unrelated"));
        Api.SendBookmark();
        Api.EndWatches();
        await PassAsync(TimeSpan.FromSeconds(1));
        await OpenAsync(2);
        var places = Api.Calls.Where(call => call.Verb == "watch")
            .Select(call => long.Parse(call.Query["resourceVersion"])).ToList();
        Note("one");

        Assert.True(await next);
        Assert.Equal("one", Text(events.Current));
        Assert.True(places[1] > places[0]);
    }

    [Fact]
    public async Task A_watch_whose_place_is_forgotten_says_so()
    {
        await using var events = Watch(Version());
        var next = events.MoveNextAsync();
        await OpenAsync(1);
        Api.ForgetHistory();

        Assert.True((await FailsAsync(next.AsTask())).IsGone);
    }

    [Fact]
    public async Task A_server_that_refuses_a_forgotten_place_by_status_says_the_same()
    {
        Api.Fail("watch", "deployments", FakeFault.Status(410, "Expired", "too old resource version: 1 (2)"));
        await using var events = Watch("1");

        Assert.True((await FailsAsync(events.MoveNextAsync().AsTask())).IsGone);
    }

    [Fact]
    public async Task Who_may_not_watch_is_told_at_once_and_which_rule_is_missing()
    {
        Api.Deny("watch", "deployments");
        await using var events = Watch(null);
        var error = await FailsAsync(events.MoveNextAsync().AsTask());

        Assert.True(error.IsForbidden);
        Assert.Contains("grant verb \"watch\" on \"deployments\"", error.Message, StringComparison.Ordinal);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task A_broken_connection_is_opened_again()
    {
        Api.Fail("watch", "deployments", FakeFault.DropBefore);
        await using var events = Watch(Version());
        var next = events.MoveNextAsync();
        await PassAsync(TimeSpan.FromSeconds(1));
        await OpenAsync(1);
        Note("one");

        Assert.True(await next);
        Assert.Equal("one", Text(events.Current));
    }

    [Fact]
    public async Task A_connection_that_keeps_breaking_is_given_up()
    {
        Api.Fail("watch", "deployments", FakeFault.Status(503), times: 3);
        await using var events = Watch(Version());
        var next = events.MoveNextAsync();
        await PassAsync(TimeSpan.FromSeconds(1));
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.True((await FailsAsync(next.AsTask())).IsTransient);
    }

    [Fact]
    public async Task An_event_forgives_the_failures_before_it()
    {
        var line = new JsonObject { ["type"] = "MODIFIED", ["object"] = Api.Get("deployment/web") }.ToJsonString();
        await using var events = Watch(Version());
        for (var round = 1; round <= 4; round++)
        {
            var cut = new TaskCompletionSource();
            Api.Fail("watch", "deployments", FakeFault.BreakOff(line + "\n", cut.Task));
            var next = events.MoveNextAsync();
            if (round > 1) await PassAsync(TimeSpan.FromSeconds(1));
            Assert.True(await next);
            cut.SetResult();
        }
    }

    [Fact]
    public async Task A_watch_that_the_server_ended_forgives_the_failures_before_it()
    {
        await using var events = Watch(Version());
        var next = events.MoveNextAsync();
        for (var round = 1; round <= 3; round++)
        {
            Api.Fail("watch", "deployments", FakeFault.Status(503), times: 2);
            if (round > 1) await EndAsync();
            await PassAsync(TimeSpan.FromSeconds(1));
            await PassAsync(TimeSpan.FromSeconds(1));
            await OpenAsync(round);
        }

        Note("one");
        Assert.True(await next);
    }

    [Fact]
    public async Task A_watch_without_a_version_that_is_cut_short_starts_again()
    {
        Api.Add(Some.Deployment("other"));
        var cut = new TaskCompletionSource();
        Api.Fail("watch", "deployments", FakeFault.BreakOff(
            new JsonObject { ["type"] = "ADDED", ["object"] = Api.Get("deployment/web") }.ToJsonString() + "\n",
            cut.Task));
        await using var events = Client.WatchAsync(
            ResourceType.Deployments, "tracebloc", new(), ContractJson.Default.JsonObject, Cancelled)
            .GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        var next = events.MoveNextAsync();
        cut.SetResult();
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.True(await next);
        var names = new List<string?> { Name(events.Current) };
        Assert.True(await events.MoveNextAsync());
        names.Add(Name(events.Current));

        Assert.Equal(["other", "web"], names);
        Assert.All(Api.Calls, call => Assert.False(call.Query.ContainsKey("resourceVersion")));
    }

    [Fact]
    public async Task A_watch_from_a_version_that_is_cut_short_goes_on_from_where_it_was()
    {
        var first = Version();
        Note("one");
        var cut = new TaskCompletionSource();
        Api.Fail("watch", "deployments", FakeFault.BreakOff(
            new JsonObject { ["type"] = "MODIFIED", ["object"] = Api.Get("deployment/web") }.ToJsonString() + "\n",
            cut.Task));
        await using var events = Watch(first);
        await NextAsync(events, "one");
        var place = Version();
        var next = events.MoveNextAsync();
        cut.SetResult();
        await PassAsync(TimeSpan.FromSeconds(1));
        await OpenAsync(2);
        Note("two");

        Assert.True(await next);
        Assert.Equal("two", Text(events.Current));
        Assert.Equal([first, place], Api.Calls.Select(call => call.Query["resourceVersion"]));
    }

    [Fact]
    public async Task Silence_beyond_the_servers_own_limit_means_a_dead_connection()
    {
        var never = new TaskCompletionSource();
        Api.Fail("watch", "deployments", FakeFault.First(_ => never.Task), times: 1);
        await using var events = Watch(Version());
        var next = events.MoveNextAsync();
        await Api.WaitForCallAsync(call => call.Verb == "watch", Cancelled);
        Time.Advance(TimeSpan.FromSeconds(15)); // the answer's head must come as fast as any answer
        await PassAsync(TimeSpan.FromSeconds(1));
        await OpenAsync(1);
        Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(15));
        await PassAsync(TimeSpan.FromSeconds(1));
        await OpenAsync(2);
        Note("one");

        Assert.True(await next);
        never.SetResult();
    }

    [Fact]
    public async Task The_server_is_asked_to_end_the_watch_in_time()
    {
        await using var events = Client.WatchAsync(
            ResourceType.Deployments, "tracebloc", new WatchOptions { Timeout = TimeSpan.FromSeconds(30) },
            ContractJson.Default.JsonObject, Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("30", Api.Calls[0].Query["timeoutSeconds"]);

        var next = events.MoveNextAsync();
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(await next);
    }

    [Fact]
    public async Task An_event_that_is_cut_off_is_not_told()
    {
        Api.Fail("watch", "deployments", FakeFault.Raw(200, """{"type":"MODIFIED","object":{"metadata":{"""));
        await using var events = Watch(Version());
        var next = events.MoveNextAsync();
        await PassAsync(TimeSpan.FromSeconds(1));
        await Api.WaitForCallAsync(call => call is { Verb: "watch", Number: 2, Status: 200 }, Cancelled);
        Note("one");

        Assert.True(await next);
        Assert.Equal("one", Text(events.Current));
    }

    private async Task EndAsync()
    {
        Api.EndWatches();
        await PassAsync(TimeSpan.FromSeconds(1));
    }

    private string Version() => (string)Api.Get("deployment/web")["metadata"]!["resourceVersion"]!;

    private void Note(string text) => Api.Edit("deployment/web", item => item["metadata"]!["labels"]!["note"] = text);

    private static string? Text(WatchEvent<JsonObject> change) =>
        (string?)change.Object?["metadata"]?["labels"]?["note"];

    private static string? Name(WatchEvent<JsonObject> change) => (string?)change.Object?["metadata"]?["name"];

    private IAsyncEnumerator<WatchEvent<JsonObject>> Watch(string? version) => Client.WatchAsync(
        ResourceType.Deployments, "tracebloc",
        new WatchOptions { FieldSelector = "metadata.name=web", ResourceVersion = version },
        ContractJson.Default.JsonObject, Cancelled).GetAsyncEnumerator(Cancelled);

    private static async Task NextAsync(IAsyncEnumerator<WatchEvent<JsonObject>> events, string text)
    {
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(text, Text(events.Current));
    }

    private Task<FakeCall> OpenAsync(int count) => Api.WaitForCallAsync(
        _ => Api.Calls.Count(call => call is { Verb: "watch", Status: 200 }) >= count, Cancelled);
}
