using Tracebloc.Testing;

namespace Tracebloc.Hosting.Tests;

public sealed class LoopHealthTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly LoopHealth _health;

    public LoopHealthTests() => _health = new LoopHealth(_time, TimeSpan.FromHours(1));

    [Fact]
    public void It_is_alive_from_the_start_and_not_ready() =>
        Assert.Equal((true, false), (_health.IsAlive, _health.IsReady));

    [Fact]
    public void It_is_dead_when_no_tick_has_shown_itself_for_too_long()
    {
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(_health.IsAlive);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_health.IsAlive);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_tick_that_starts_or_ends_is_a_sign_of_life(bool starts)
    {
        _time.Advance(TimeSpan.FromMinutes(59));
        if (starts)
            _health.TickStarted();
        else
            _health.TickEnded(0);
        _time.Advance(TimeSpan.FromMinutes(59));

        Assert.True(_health.IsAlive);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(10, false)]
    [InlineData(13, false)]
    public void It_is_ready_while_the_last_tick_ended_well(int exitCode, bool isReady)
    {
        _health.TickStarted();
        _health.TickEnded(exitCode);

        Assert.Equal(isReady, _health.IsReady);
    }

    [Fact]
    public void A_tick_that_starts_changes_nothing_about_that()
    {
        _health.TickEnded(12);
        _health.TickStarted();
        Assert.False(_health.IsReady);
        _health.TickEnded(0);
        _health.TickStarted();
        Assert.True(_health.IsReady);

        _health.TickEnded(12);
        _health.TickStarted();
        Assert.False(_health.IsReady);
    }
}
