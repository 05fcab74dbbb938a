using System.Xml.Linq;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Agreement;

/// <summary>One version for all that is released, said in Directory.Build.props.</summary>
public sealed class VersionTests
{
    private static readonly string Version = XDocument
        .Load(Path.Combine(Chart.Client.Folder, "../../Directory.Build.props"))
        .Descendants("Version").Single().Value;

    [Theory]
    [InlineData("version")]
    [InlineData("appVersion")]
    public void The_chart_is_of_the_version_that_is_released(string key) =>
        Assert.Equal(Version, Node.Parse(Chart.Client.Read("Chart.yaml"))[key].Text);

    [Fact]
    public void Commands_in_the_readme_name_this_version()
    {
        var named = Chart.Client.Read("README.md").Split("--version ")[1..]
            .Select(rest => rest.Split(' ', '\n', '`')[0]);

        Assert.All(named, version => Assert.Equal(Version, version));
    }
}
