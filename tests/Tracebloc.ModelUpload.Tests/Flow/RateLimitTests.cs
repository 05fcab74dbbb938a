using Tracebloc.ModelUpload.Flow;
using Tracebloc.Testing;

namespace Tracebloc.ModelUpload.Tests.Flow;

public sealed class RateLimitTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_a_limit_bytes_pass_at_once()
    {
        var rate = new RateLimit(null, _time);
        for (var i = 0; i < 100; i++)
            Assert.True(rate.PassAsync(int.MaxValue, Token).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Bytes_wait_for_the_time_that_those_before_them_take()
    {
        var rate = new RateLimit(1000, _time);
        Assert.True(rate.PassAsync(500, Token).IsCompletedSuccessfully);
        var second = rate.PassAsync(500, Token);
        Assert.False(second.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(500));

        await second;
        Assert.False(rate.PassAsync(1, Token).IsCompleted);
    }

    [Fact]
    public void Time_that_was_not_used_is_not_saved_up()
    {
        var rate = new RateLimit(1000, _time);
        Assert.True(rate.PassAsync(1, Token).IsCompletedSuccessfully);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(rate.PassAsync(1000, Token).IsCompletedSuccessfully);
        Assert.False(rate.PassAsync(1, Token).IsCompleted);
    }
}
