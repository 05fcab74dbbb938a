using Tracebloc.Testing;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A test that waits for what does not happen fails, with the reason.</summary>
public sealed class BoundTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wait_for_a_timer_that_nothing_arms_ends_and_names_those_that_are()
    {
        var time = new ManualTimeProvider { PatienceOfWaits = TimeSpan.FromMilliseconds(50) };
        using var timer = time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan);

        var error = await Assert.ThrowsAsync<TimeoutException>(
            () => time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1), Cancelled));

        Assert.Equal("waited for more than 0.05 s: armed are only 00:00:07", error.Message);
    }

    [Fact]
    public async Task A_wait_for_a_timer_that_comes_ends_with_it()
    {
        var time = new ManualTimeProvider();
        var wait = time.WaitForTimerAsync(left => left == TimeSpan.FromSeconds(1), Cancelled);
        using var timer = time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        Assert.Equal(TimeSpan.FromSeconds(1), await wait);
    }

    [Fact]
    public async Task A_wait_for_a_call_that_does_not_come_ends_and_names_those_that_did()
    {
        await using var api = await FakeKubernetesApi.StartAsync(
            new() { PatienceOfWaits = TimeSpan.FromMilliseconds(50) }, Cancelled);

        var error = await Assert.ThrowsAsync<TimeoutException>(() => api.WaitForCallAsync(_ => false, Cancelled));

        Assert.Equal("waited for more than 0.05 s: calls so far: none", error.Message);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_no_timeout()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var wait = new ManualTimeProvider().WaitForTimerAsync(null, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
