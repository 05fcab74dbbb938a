namespace Tracebloc.Registry.Tests;

public sealed class RateLimitTests
{
    [Theory]
    [InlineData("100;w=21600", "76;w=21600", 76)]
    [InlineData("100; w=21600", " 0 ;w=21600", 0)]
    [InlineData("100;comment=x;w=60", "76", 76)]
    [InlineData("100, 100;w=60, 5000;w=3600", "76, 4999;w=3600", 76)]
    [InlineData(null, "76;w=21600", 76)]
    [InlineData("100;w=21600", null, null)]
    [InlineData("100;w=21600", "-1", null)]
    [InlineData("100;w=21600", "99999999999999999999", null)]
    public void The_pulls_that_are_left_are_read(string? limit, string? remaining, int? left)
    {
        var read = RateLimit.Parse(limit, remaining);

        Assert.NotNull(read);
        Assert.Equal(left, read.Remaining);
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
