namespace Tracebloc.Net.Tests;

public sealed class RetryPausesTests
{
    [Theory]
    [InlineData(1, 1, 0.8)]
    [InlineData(2, 1, 1.6)]
    [InlineData(6, 1, 25.6)]
    [InlineData(7, 1, 30)]
    [InlineData(int.MaxValue, 1, 30)]
    [InlineData(1, 0, 0.4)]
    [InlineData(7, 0, 15)]
    public void A_pause_is_twice_the_last_up_to_the_longest_and_spread_down_to_its_half(
        int attempt, double random, double seconds)
    {
        var pauses = new RetryPauses(TimeSpan.FromSeconds(30), () => random) { First = TimeSpan.FromSeconds(0.8) };

        Assert.Equal(TimeSpan.FromSeconds(seconds), pauses.After(attempt));
    }
}
