using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Following a log over cuts, ends and restarts. The client's clock is moved by the test.</summary>
public sealed class FollowLogsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-01-02T12:00:00.25Z");

    private readonly ManualTimeProvider _time = new();
    private StreamFixture? _fixture;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FakeKubernetesApi Api => (_fixture ?? throw new InvalidOperationException("not started")).Api;

    public async ValueTask InitializeAsync() => _fixture = await StreamFixture.StartAsync(34, Cancelled, _time);

    public async ValueTask DisposeAsync()
    {
        if (_fixture is not null) await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task Lines_come_as_they_are_written_and_the_log_ends_with_the_container()
    {
        await using var lines = Follow();
        Api.Log("web", "one", Noon);
        var first = await NextAsync(lines);
        Api.Log("web", "two", Noon.AddSeconds(1));

        Assert.Equal(("one", (DateTimeOffset?)Noon, false), (first.Text, first.Time, first.IsCut));
        Assert.Equal("two", (await NextAsync(lines)).Text);
        Api.EndPod("web", 0);
        await EndsAsync(lines);
    }

    [Fact]
    public async Task After_a_cut_the_log_goes_on_without_loss_and_without_repeating()
    {
        await using var lines = Follow();
        Api.Log("web", "same", Noon);
        Api.Log("web", "same", Noon);
        Api.Log("web", "other", Noon);
        for (var i = 0; i < 3; i++) await NextAsync(lines);
        var next = lines.MoveNextAsync();
        Api.CutStreams();
        await _time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1), Cancelled);
        Api.Log("web", "same", Noon);
        Api.Log("web", "later", Noon.AddSeconds(5));
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.True(await next);
        Assert.Equal("same", lines.Current.Text);
        Assert.Equal("later", (await NextAsync(lines)).Text);
        Assert.Equal("2026-01-02T11:59:59Z", LogCalls[^1].Query["sinceTime"]);
    }

    [Fact]
    public async Task A_server_that_ends_the_log_is_asked_again_as_long_as_the_container_runs()
    {
        await using var lines = Follow();
        Api.Log("web", "one", Noon);
        await NextAsync(lines);
        var next = lines.MoveNextAsync();
        Api.EndLogs();
        await PassAsync(TimeSpan.FromSeconds(1));
        Api.Log("web", "two", Noon.AddSeconds(1));

        Assert.True(await next);
        Assert.Equal("two", lines.Current.Text);
    }

    [Fact]
    public async Task A_connection_that_is_silent_for_long_is_taken_for_dead()
    {
        await using var lines = Follow();
        Api.Log("web", "one", Noon);
        await NextAsync(lines);
        var next = lines.MoveNextAsync();
        await PassAsync(TimeSpan.FromMinutes(5));
        await PassAsync(TimeSpan.FromSeconds(1));
        Api.Log("web", "two", Noon.AddSeconds(1));

        Assert.True(await next);
        Assert.Equal(2, LogCalls.Count);
    }

    [Fact]
    public async Task The_last_line_needs_no_end_and_half_a_line_before_a_cut_is_read_again()
    {
        await using var lines = Follow();
        Api.Log("web", "one", Noon);
        await NextAsync(lines);
        var next = lines.MoveNextAsync();
        Api.Log("web", "ha", Noon.AddSeconds(1), end: "");
        Api.EndLogs();
        await PassAsync(TimeSpan.FromSeconds(1));
        await Api.WaitForCallAsync(
            call => call is { Resource: "pods/log", Status: 200 } && call.Number > LogCalls[0].Number, Cancelled);
        Api.EndPod("web", 1);
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.True(await next);
        Assert.Equal("ha", lines.Current.Text);
        Assert.False(await lines.MoveNextAsync());
    }

    [Fact]
    public async Task A_container_that_has_not_begun_is_waited_for()
    {
        Api.Add(SomePod.Waiting("late", "main"));
        await using var lines = Follow("late");
        var next = lines.MoveNextAsync();
        await PassAsync(TimeSpan.FromSeconds(1));
        await _time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1), Cancelled);
        Assert.Empty(LogCalls);
        Api.Log("late", "one", Noon);
        Api.Edit("pod/late", pod => pod["status"]!["containerStatuses"]![0]!["state"] =
            new JsonObject { ["running"] = new JsonObject() });
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.True(await next);
        Assert.Equal("one", lines.Current.Text);
    }

    [Fact]
    public async Task A_server_that_restarts_is_waited_for()
    {
        await using var lines = Follow();
        Api.Log("web", "one", Noon);
        await NextAsync(lines);
        var next = lines.MoveNextAsync();
        Api.Fail("get", "pods/log", FakeFault.Status(503), times: 3);
        Api.CutStreams();
        for (var i = 0; i < 4; i++) await PassAsync(TimeSpan.FromSeconds(1));
        Api.Log("web", "two", Noon.AddSeconds(1));

        Assert.True(await next);
        Assert.Equal("two", lines.Current.Text);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_an_error_in_the_end()
    {
        Api.Fail("get", "pods/log", FakeFault.Status(503), times: 1000);
        await using var lines = Follow();
        var next = lines.MoveNextAsync().AsTask();
        for (var waited = TimeSpan.Zero; waited < LogSession.Patience; waited += TimeSpan.FromSeconds(1))
            await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(503, (await Assert.ThrowsAsync<KubernetesException>(() => next)).Code);
    }

    [Fact]
    public async Task A_pod_that_is_gone_is_an_error()
    {
        await using var lines = Follow();
        Api.Log("web", "one", Noon);
        await NextAsync(lines);
        var next = lines.MoveNextAsync().AsTask();
        Api.Delete("pod/web");
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.True((await Assert.ThrowsAsync<KubernetesException>(() => next)).IsNotFound);
    }

    [Fact]
    public async Task A_container_that_the_pod_lacks_is_an_error_at_once()
    {
        await using var lines = _fixture!.Pods.FollowLogsAsync("web", new() { Container = "other" }, Cancelled)
            .GetAsyncEnumerator(Cancelled);

        var error = await Assert.ThrowsAsync<KubernetesException>(async () => await lines.MoveNextAsync());
        Assert.Equal((400, true), (error.Code, error.Message.Contains("container other is not valid")));
    }

    [Fact]
    public async Task The_log_can_begin_at_a_time()
    {
        Api.Log("web", "early", Noon.AddSeconds(-1));
        Api.Log("web", "before", Noon.AddMilliseconds(-1));
        Api.Log("web", "after", Noon);
        await using var lines = _fixture!.Pods.FollowLogsAsync("web", new() { Since = Noon }, Cancelled)
            .GetAsyncEnumerator(Cancelled);

        Assert.Equal("after", (await NextAsync(lines)).Text);
    }

    [Fact]
    public async Task The_tail_is_read_at_once()
    {
        for (var i = 0; i < 5; i++) Api.Log("web", $"line {i}", Noon.AddSeconds(i));
        Api.Log("web", "rest", Noon.AddSeconds(9), end: "");
        var tail = await _fixture!.Pods.ReadLogsAsync("web", new() { Container = "main" }, 3, Cancelled);

        Assert.Equal(["line 3", "line 4", "rest"], tail.Select(line => line.Text));
        Assert.False(LogCalls[0].Query.ContainsKey("follow"));
    }

    private IReadOnlyList<FakeCall> LogCalls => [.. Api.Calls.Where(call => call.Resource == "pods/log")];

    private IAsyncEnumerator<LogLine> Follow(string pod = "web") =>
        _fixture!.Pods.FollowLogsAsync(pod, new(), Cancelled).GetAsyncEnumerator(Cancelled);

    private static async Task<LogLine> NextAsync(IAsyncEnumerator<LogLine> lines)
    {
        Assert.True(await lines.MoveNextAsync());
        return lines.Current;
    }

    /// <summary>The log ends, after one more look at a container that has ended meanwhile.</summary>
    private async Task EndsAsync(IAsyncEnumerator<LogLine> lines)
    {
        var next = lines.MoveNextAsync();
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.False(await next);
    }

    private async Task PassAsync(TimeSpan wait)
    {
        await _time.WaitForTimerAsync(left => left == wait, Cancelled);
        _time.Advance(wait);
    }
}
