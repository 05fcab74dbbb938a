using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

public sealed class RetryTests : ClientFixture
{
    [Fact]
    public async Task A_read_is_repeated_twice_when_the_server_is_unwell()
    {
        Api.Fail("get", "deployments", FakeFault.Status(503), times: 2);
        var get = GetAsync();
        await PassAsync(TimeSpan.FromMilliseconds(200));
        await PassAsync(TimeSpan.FromMilliseconds(400));

        Assert.NotNull(await get);
        Assert.Equal([503, 503, 200], Api.Calls.Select(call => call.Status));
    }

    [Fact]
    public async Task A_read_that_keeps_failing_fails()
    {
        Api.Fail("get", "deployments", FakeFault.Status(500, "InternalError", "etcdserver: leader changed"), times: 3);
        var get = GetAsync();
        await PassAsync(TimeSpan.FromMilliseconds(200));
        await PassAsync(TimeSpan.FromMilliseconds(400));
        var error = await FailsAsync(get);

        Assert.True(error.IsTransient);
        Assert.Equal("GET deployments/web in tracebloc: etcdserver: leader changed (500)", error.Message);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(14)]
    public async Task A_wait_that_the_server_announces_is_kept_within_the_deadline(int seconds)
    {
        Api.Fail("get", "deployments", FakeFault.Status(429, "TooManyRequests", retryAfterSeconds: seconds));
        var get = GetAsync();
        await PassAsync(TimeSpan.FromSeconds(seconds));

        Assert.NotNull(await get);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(60)]
    public async Task A_wait_beyond_the_deadline_is_left_to_the_caller(int seconds)
    {
        Api.Fail("get", "deployments", FakeFault.Status(429, "TooManyRequests", retryAfterSeconds: seconds));
        var error = await FailsAsync(GetAsync());

        Assert.Equal(TimeSpan.FromSeconds(seconds), error.RetryAfter);
        Assert.True(error.IsTransient);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task What_is_refused_is_not_asked_again(int status)
    {
        Api.Fail("get", "deployments", FakeFault.Status(status));
        var error = await FailsAsync(GetAsync());

        Assert.False(error.IsTransient);
        Assert.Single(Api.Calls);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, false)]
    [InlineData(504, true)]
    [InlineData(429, false)]
    public async Task A_write_is_not_repeated_after_a_failure(int status, bool isOutcomeUnknown)
    {
        Api.Fail("patch", "deployments", FakeFault.Status(status));
        var error = await FailsAsync(PatchAsync());

        Assert.True(error.IsTransient);
        Assert.Equal(isOutcomeUnknown, error.IsOutcomeUnknown);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task A_write_is_repeated_when_the_server_asks_for_it()
    {
        Api.Fail("patch", "deployments", FakeFault.Status(429, "TooManyRequests", retryAfterSeconds: 1));
        var patch = PatchAsync();
        await PassAsync(TimeSpan.FromSeconds(1));
        await patch;

        Assert.Equal([429, 200], Api.Calls.Select(call => call.Status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_whose_answer_is_lost_is_never_sent_again(bool isOnUsedConnection)
    {
        if (isOnUsedConnection) await GetAsync();
        Api.Fail("patch", "deployments", FakeFault.DropAfter);
        var error = await FailsAsync(PatchAsync());

        Assert.Equal(0, error.Code);
        Assert.True(error.IsOutcomeUnknown);
        Assert.True(error.IsTransient);
        Assert.Equal(1, Api.Count("patch", "deployments"));
        Assert.Equal("b", (string?)Api.Get("deployment/web")["metadata"]!["annotations"]!["a"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_that_was_dropped_is_not_sent_again_either(bool isOnUsedConnection)
    {
        if (isOnUsedConnection) await GetAsync();
        Api.Fail("patch", "deployments", FakeFault.DropBefore);

        Assert.True((await FailsAsync(PatchAsync())).IsOutcomeUnknown);
        Assert.Equal(1, Api.Count("patch", "deployments"));
    }

    [Fact]
    public async Task A_read_on_a_broken_connection_is_repeated()
    {
        Api.Fail("get", "deployments", FakeFault.DropAfter);
        var get = GetAsync();
        await PassAsync(TimeSpan.FromMilliseconds(200));

        Assert.NotNull(await get);
    }

    [Fact]
    public async Task Where_nobody_listens_a_write_is_certainly_not_sent()
    {
        using var client = new KubernetesClient(Configuration with { Server = FreePort.Closed() }, Time);
        var patch = PatchAsync(client);
        await PassAsync(TimeSpan.FromMilliseconds(200));
        await PassAsync(TimeSpan.FromMilliseconds(400));
        var error = await FailsAsync(patch);

        Assert.True(error.IsTransient);
        Assert.False(error.IsOutcomeUnknown);
        Assert.StartsWith("PATCH deployments/web in tracebloc: cannot connect to http://127.0.0.1:", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_fails_at_the_deadline()
    {
        var never = new TaskCompletionSource();
        Api.Fail("patch", "deployments", FakeFault.Until(never.Task));
        var patch = PatchAsync();
        await Api.WaitForCallAsync(call => call.Verb == "patch", Cancelled);
        Time.Advance(TimeSpan.FromSeconds(15));
        var error = await FailsAsync(patch);

        Assert.Equal("PATCH deployments/web in tracebloc: no answer within 15 s", error.Message);
        Assert.True(error.IsTransient);
        Assert.True(error.IsOutcomeUnknown);
    }

    [Fact]
    public async Task No_wait_goes_past_the_deadline()
    {
        using var client = new KubernetesClient(
            Configuration, Time, new KubernetesClientOptions { RequestTimeout = TimeSpan.FromSeconds(2) });
        Api.Fail("get", "deployments", FakeFault.Status(429, retryAfterSeconds: 2));

        Assert.Equal(429, (await FailsAsync(GetAsync(client))).Code);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_no_error_of_the_server()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var never = new TaskCompletionSource();
        Api.Fail("get", "deployments", FakeFault.Until(never.Task));
        var get = Client.GetAsync(
            ResourceType.Deployments, "tracebloc", "web", ContractJson.Default.JsonObject, source.Token);
        await Api.WaitForCallAsync(_ => true, Cancelled);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get);
    }
}
