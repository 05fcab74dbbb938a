using Tracebloc.Testing;

namespace Tracebloc.Web.Tests;

public sealed class RecentTests
{
    [Fact]
    public async Task A_value_is_read_anew_once_it_is_old()
    {
        var (time, reads, token) = (new ManualTimeProvider(), 0, TestContext.Current.CancellationToken);
        using var recent = new Recent<string>(
            _ => Task.FromResult($"{++reads}"), TimeSpan.FromSeconds(2), time);

        Assert.Equal("1", await recent.GetAsync(token));
        time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal("1", await recent.GetAsync(token));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("2", await recent.GetAsync(token));
    }
}
