namespace Tracebloc.Configuration.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("500ms", 0.5)]
    [InlineData(" 2m30s500ms ", 150.5)]
    [InlineData("168h", 604800)]
    public void A_duration_is_read_as_Go_writes_it(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration, out var error), error);
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("10d")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("5 m")]
    [InlineData("1h5")]
    [InlineData("1.2.3s")]
    [InlineData("1e3s")]
    [InlineData("99999999999999999999h")]
    public void Anything_else_is_refused_with_the_remedy(string? text)
    {
        Assert.False(Duration.TryParse(text, out _, out var error));
        Assert.EndsWith("is not a duration; write it as 90s, 10m or 1h30m", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0s", "is zero")]
    [InlineData("0", "is zero")]
    [InlineData("169h", "more than a week")]
    public void A_wait_is_neither_nothing_nor_forever(string text, string reason)
    {
        Assert.False(Duration.TryParse(text, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1h30m")]
    [InlineData("40m")]
    [InlineData("36h1s")]
    [InlineData("250ms")]
    public void Formatting_gives_back_what_was_read(string text)
    {
        Assert.True(Duration.TryParse(text, out var duration, out _));
        Assert.Equal(text, Duration.Format(duration));
    }
}
