namespace Tracebloc.Net.Tests;

public sealed class LineTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \r\n ", "")]
    [InlineData("connection  reset\r\n\tby\u001b[31m peer\u2028", "connection reset by [31m peer")]
    public void Text_becomes_one_line_without_control_characters(string text, string line) =>
        Assert.Equal(line, Line.Of(text));

    [Theory]
    [InlineData("12345", "12345")]
    [InlineData("123456", "12345…")]
    [InlineData("1234😀6", "1234…")]
    [InlineData("123😀6", "123😀…")]
    public void A_long_line_is_cut_between_characters(string text, string line) =>
        Assert.Equal(line, Line.Of(text, 5));

    [Fact]
    public void A_whole_line_keeps_its_length_and_its_blanks()
    {
        var text = new string('x', 2000) + "  y";

        Assert.Equal(text, Line.Whole(text));
        Assert.Equal("a b", Line.Whole("a\n b"));
    }
}
