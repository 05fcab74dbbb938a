namespace Tracebloc.Registry.Tests;

public sealed class RateLimitTests
{
    [Theory]
    [InlineData("100;w=21600", "76;w=21600", 100, 76, 21600)]
    [InlineData("100; w=21600", " 0 ;w=21600", 100, 0, 21600)]
    [InlineData("100;comment=x;w=60", "76", 100, 76, 60)]
    [InlineData("100, 100;w=60, 5000;w=3600", "76", 100, 76, null)]
    [InlineData("100;w=60, 5000;w=3600", "76", 100, 76, 60)]
    [InlineData("100", "76;w=60", 100, 76, 60)]
    [InlineData("100;w=", "76", 100, 76, null)]
    [InlineData("100;w=-1", "76", 100, 76, null)]
    [InlineData("100;w=99999999999999999999", "76", 100, 76, null)]
    [InlineData(null, "76;w=21600", null, 76, 21600)]
    [InlineData("100;w=21600", null, 100, null, 21600)]
    [InlineData("100;w=21600", "-1", 100, null, 21600)]
    public void The_allowance_and_its_window_are_read(
        string? limit, string? remaining, int? allowed, int? left, int? window)
    {
        var read = RateLimit.Parse(limit, remaining);

        Assert.NotNull(read);
        Assert.Equal((allowed, left), (read.Limit, read.Remaining));
        Assert.Equal(window, (int?)read.Window?.TotalSeconds);
        Assert.Equal(left == 0, read.IsSpent);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("unlimited", "-")]
    [InlineData(";w=60", "w=60")]
    public void Without_headers_there_is_no_limit_to_report(string? limit, string? remaining) =>
        Assert.Null(RateLimit.Parse(limit, remaining));
}
