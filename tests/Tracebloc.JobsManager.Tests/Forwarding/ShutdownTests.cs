using Tracebloc.Testing.Registry;

namespace Tracebloc.JobsManager.Tests.Forwarding;

public sealed class ShutdownTests : IAsyncLifetime
{
    private ForwardFixture _proxy = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _proxy = await ForwardFixture.StartAsync();

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task A_call_that_is_under_way_has_its_answer_before_the_end()
    {
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        _proxy.Backend.Answer(ForwardFixture.Batch, _ =>
        {
            arrived.SetResult();
            return FakeReply.Of(201, "{}") with { Before = released.Task };
        });
        using var stop = new CancellationTokenSource();
        var serving = _proxy.Server.ServeUntilAsync(stop.Token);
        var call = _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a"));
        await arrived.Task.WaitAsync(Cancelled);

        await stop.CancelAsync();
        Assert.False(serving.IsCompleted);
        released.SetResult();

        Assert.Equal(201, (await call).Status);
        await serving.WaitAsync(Cancelled);
    }

    [Fact]
    public async Task A_call_without_an_end_is_cut_off_after_ten_seconds()
    {
        var arrived = new TaskCompletionSource();
        _proxy.Backend.Answer(ForwardFixture.Batch, _ =>
        {
            arrived.SetResult();
            return FakeReply.Never;
        });
        using var stop = new CancellationTokenSource();
        var serving = _proxy.Server.ServeUntilAsync(stop.Token);
        var call = _proxy.SendAsync("POST", ForwardFixture.Batch, ForwardFixture.Rows("a"));
        await arrived.Task.WaitAsync(Cancelled);

        await stop.CancelAsync();
        _proxy.Time.Advance(await _proxy.Time.WaitForTimerAsync(due => due == TimeSpan.FromSeconds(10), Cancelled));

        await serving.WaitAsync(Cancelled);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
    }
}
