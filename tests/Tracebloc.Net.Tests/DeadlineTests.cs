using Tracebloc.Testing;

namespace Tracebloc.Net.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10), Tick = TimeSpan.FromTicks(1);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Time_that_is_up_cancels_the_token_and_is_the_deadline_s_doing()
    {
        using var deadline = new Deadline(Length, _time, TestContext.Current.CancellationToken);
        _time.Advance(Length - Tick);
        Assert.Equal((false, false, Tick), (IsCancelled(deadline), deadline.HasPassed, deadline.Remaining));

        _time.Advance(Tick);

        Assert.Equal((true, true, TimeSpan.Zero), (IsCancelled(deadline), deadline.HasPassed, deadline.Remaining));
    }

    [Fact]
    public async Task A_caller_who_cancels_cancels_the_token_and_it_is_not_the_deadline_s_doing()
    {
        using var caller = new CancellationTokenSource();
        using var deadline = new Deadline(Length, _time, caller.Token);

        await caller.CancelAsync();

        Assert.Equal((true, false), (IsCancelled(deadline), deadline.HasPassed));
        _time.Advance(Length);
        Assert.False(deadline.HasPassed);
    }

    [Fact]
    public void A_deadline_that_starts_again_has_its_new_length_and_one_that_is_suspended_has_none()
    {
        using var deadline = new Deadline(Length, _time, TestContext.Current.CancellationToken);
        deadline.Restart(Timeout.InfiniteTimeSpan);
        _time.Advance(Length * 100);
        Assert.False(IsCancelled(deadline));

        deadline.Restart(Length / 2);
        _time.Advance((Length / 2) - Tick);
        Assert.Equal((false, Tick), (IsCancelled(deadline), deadline.Remaining));
        _time.Advance(Tick);

        Assert.Equal((true, true), (IsCancelled(deadline), deadline.HasPassed));
    }

    [Fact]
    public void A_disposed_deadline_leaves_no_timer()
    {
        new Deadline(Length, _time, TestContext.Current.CancellationToken).Dispose();

        Assert.Empty(_time.Pending);
    }

    private static bool IsCancelled(Deadline deadline) => deadline.Token.IsCancellationRequested;
}
