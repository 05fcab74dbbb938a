namespace Tracebloc.ChartUpgrade.Tests;

/// <summary>Versions are read and ordered as helm 4.1.4 does in <c>helm search repo --versions</c>.</summary>
public sealed class ChartVersionTests
{
    [Theory]
    [InlineData("1.0.0", "1.0.1")]
    [InlineData("v1.0.0", "v1.1.0")]
    [InlineData("1.0.0", "v1.1.0")]
    [InlineData("v1.9.0", "1.10.0")]
    [InlineData("1", "1.0.1")]
    [InlineData("1.2", "1.2.1")]
    [InlineData("1.2", "v2")]
    [InlineData("1.0.0-rc.1", "1.0.0")]
    [InlineData("1.0.0-1", "1.0.0-a")]
    [InlineData("1.0.0-rc.9", "1.0.0-rc.10")]
    [InlineData("1.0.0-a", "1.0.0-a.1")]
    [InlineData("1.0.0-RC.1", "1.0.0-rc.1")]
    [InlineData("1.0.0-9", "1.0.0-20261231235959")]
    [InlineData("0.20251231235959.0", "0.20261231235959.0")]
    public void The_newer_of_two_is_known(string older, string newer)
    {
        Assert.True(Read(older).CompareTo(Read(newer)) < 0);
        Assert.True(Read(newer).CompareTo(Read(older)) > 0);
    }

    [Theory]
    [InlineData("1.0.0", "v1.0.0")]
    [InlineData("1", "1.0.0")]
    [InlineData("v1.2", "1.2.0+build.5")]
    [InlineData("01.2.3", "1.2.3")]
    [InlineData("1.0.0-rc.1+a", "1.0.0-rc.1+b")]
    public void Spelling_and_build_make_no_newer_version(string one, string other) =>
        Assert.Equal(0, Read(one).CompareTo(Read(other)));

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("1.0.0.0")]
    [InlineData("V1.0.0")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0-a..b")]
    [InlineData("1.0.0\n")]
    [InlineData("../1.0.0")]
    public void Text_that_is_no_version_is_none(string text) => Assert.Null(ChartVersion.Parse(text));

    [Fact]
    public void A_version_is_written_as_it_was_read() => Assert.Equal("v1.2+b", $"{Read("v1.2+b")}");

    private static ChartVersion Read(string text)
    {
        var version = ChartVersion.Parse(text);
        Assert.NotNull(version);
        return version;
    }
}
