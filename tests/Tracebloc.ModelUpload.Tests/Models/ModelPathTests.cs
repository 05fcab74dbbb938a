using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Tests.Models;

public sealed class ModelPathTests
{
    [Theory]
    [InlineData("config.json")]
    [InlineData("tok/config.json")]
    [InlineData(".hidden/ with space/ü")]
    [InlineData("..data/x")]
    public void A_relative_path_is_taken_as_it_is(string text)
    {
        Assert.True(ModelPath.TryParse(text, out var path, out _));
        Assert.Equal(text, path.Text);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/etc/passwd", "is absolute")]
    [InlineData("a//b", "has an empty segment")]
    [InlineData("a/", "has an empty segment")]
    [InlineData("../b", "has the segment ..")]
    [InlineData("a/./b", "has the segment .")]
    [InlineData("a\0b", "holds a NUL")]
    public void A_path_that_could_leave_the_model_is_rejected(string text, string fault)
    {
        Assert.False(ModelPath.TryParse(text, out _, out var found));
        Assert.Equal(fault, found);
    }

    [Fact]
    public void A_segment_has_255_bytes_at_most()
    {
        Assert.True(ModelPath.TryParse(new string('a', 255), out _, out _));
        Assert.False(ModelPath.TryParse(new string('ü', 128), out _, out var fault));
        Assert.Equal("has a segment of more than 255 bytes", fault);
    }

    [Fact]
    public void Paths_are_ordered_by_their_UTF_8_bytes()
    {
        // U+FFFD comes before U+1F600 by code point, and after it by UTF-16 unit.
        Assert.True(Some("\uFFFD").CompareTo(Some("\U0001F600")) < 0);
        Assert.True(Some("a-b").CompareTo(Some("a/b")) < 0);
    }

    private static ModelPath Some(string text)
    {
        Assert.True(ModelPath.TryParse(text, out var path, out _));
        return path;
    }
}
