using Tracebloc.ModelUpload.Reporting;

namespace Tracebloc.ModelUpload.Tests.Reporting;

public sealed class ProgressTests
{
    private static readonly ProgressState Half = new()
    {
        File = "model.safetensors",
        Bytes = 1 << 30,
        Total = 2L << 30,
        Rate = 64 << 20,
    };

    [Fact]
    public void A_terminal_has_one_line() => Assert.Equal(
        "50% 1.0 GiB of 2.0 GiB, 64.0 MiB/s, 00:16 left: model.safetensors", ProgressText.Of(Half, 100));

    [Fact]
    public void An_unknown_total_has_neither_share_nor_time() => Assert.Equal(
        "1.0 GiB, 64.0 MiB/s: model.safetensors", ProgressText.Of(Half with { Total = null }, 100));

    [Theory]
    [InlineData(20)]
    [InlineData(66)]
    public void A_line_is_no_longer_than_the_terminal(int width) =>
        Assert.InRange(ProgressText.Of(Half, width).Length, 1, width);

    [Fact]
    public void A_name_adds_no_line_to_the_terminal() =>
        Assert.DoesNotContain('\n', ProgressText.Of(Half with { File = "a\nb" }, 100));

    [Fact]
    public void Programs_have_one_line_of_JSON() => Assert.Equal(
        """{"file":"model.safetensors","bytes":1073741824,"total":2147483648,"rate":67108864,"secondsLeft":16}""",
        ProgressRecord.Json(Half));

    [Fact]
    public void What_is_not_known_is_null() => Assert.Equal(
        """{"file":null,"bytes":0,"total":null,"rate":0,"secondsLeft":null}""",
        ProgressRecord.Json(new ProgressState { Bytes = 0, Rate = 0 }));

    [Theory]
    [InlineData(100, 200, 0, null)]
    [InlineData(100, 200, 50, 2L)]
    [InlineData(200, 200, 0, 0L)]
    [InlineData(300, 200, 1, 0L)]
    [InlineData(0, long.MaxValue, 1, 9223372036854775807)]
    public void The_time_left_follows_the_rate(long bytes, long total, double rate, long? seconds)
    {
        var left = new ProgressState { Bytes = bytes, Total = total, Rate = rate }.Left;
        if (seconds == long.MaxValue) Assert.Null(left);
        else Assert.Equal(seconds, (long?)left?.TotalSeconds);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Sizes_have_the_largest_unit(long bytes, string text) => Assert.Equal(text, ProgressText.Size(bytes));

    [Fact]
    public void Hours_are_counted_on() => Assert.Contains(
        ", 30:00:00 left", ProgressText.Of(new ProgressState { Bytes = 0, Total = 108_000, Rate = 1 }, 100));
}
