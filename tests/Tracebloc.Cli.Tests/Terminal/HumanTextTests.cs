using Tracebloc.Cli.Terminal;

namespace Tracebloc.Cli.Tests.Terminal;

public sealed class HumanTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(1536, "1.50 KiB")]
    [InlineData(1048575, "1.00 MiB")]
    [InlineData(524288000, "500.00 MiB")]
    [InlineData(1073741824, "1.00 GiB")]
    [InlineData(long.MaxValue, "8.00 EiB")]
    public void Sizes_have_binary_units(long bytes, string text) => Assert.Equal(text, HumanSize.Of(bytes));

    [Fact]
    public void The_longest_bar_is_the_greatest_count_and_no_count_is_invisible() =>
        Assert.Equal(
            [
                "  cat    1,000  " + new string('█', 25),
                "  d\u00f6g        1  █",
                "  empty      0",
            ],
            LabelBars.Of([("cat", 1000), ("d\u00f6g", 1), ("empty", 0)], 41));

    [Fact]
    public void Labels_of_others_stay_on_their_line() =>
        Assert.Equal(["  a b  1  ██████████"], LabelBars.Of([("a\n\u001bb", 1)], 20));

    [Fact]
    public void Without_counts_there_are_no_bars() => Assert.Empty(LabelBars.Of([], 80));
}
