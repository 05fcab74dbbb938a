using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Agreement;

/// <summary>One version for all that is released, said in Directory.Build.props.</summary>
public sealed class VersionTests
{
    private static readonly string Root = Path.Combine(Chart.Client.Folder, "../..");

    private static readonly string Version = XDocument
        .Load(Path.Combine(Root, "Directory.Build.props"))
        .Descendants("Version").Single().Value;

    [Theory]
    [InlineData("version")]
    [InlineData("appVersion")]
    public void The_chart_is_of_the_version_that_is_released(string key) =>
        Assert.Equal(Version, Node.Parse(Chart.Client.Read("Chart.yaml"))[key].Text);

    [Theory]
    [InlineData("charts/client/README.md", @"--version ([^\s`]+)")]
    [InlineData("charts/client/README.md", @"client-(\d\S*)\.tgz")]
    [InlineData("docs/credentials.md", @"tracebloc/image-refresh:(\S+)")]
    public void What_a_readme_tells_to_install_is_of_this_version(string readme, string pattern)
    {
        var named = Regex.Matches(File.ReadAllText(Path.Combine(Root, readme)), pattern)
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, version => Assert.Equal(Version, version));
    }
}
