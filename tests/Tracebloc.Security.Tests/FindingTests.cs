using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Tracebloc.Security.Tests;

/// <summary>Each finding of the security review has its test, here or where helm renders the chart.</summary>
public sealed partial class FindingTests
{
    [Fact]
    public void Each_of_the_twenty_findings_has_a_test()
    {
        var here = typeof(FindingTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<TraitAttribute>())
            .Where(trait => trait.Name == "Finding")
            .Select(trait => trait.Value);
        var charts = Directory.GetFiles(Charts(), "*.cs")
            .SelectMany(file => Finding.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);

        Assert.Equal(
            Enumerable.Range(1, 20),
            here.Concat(charts).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).Distinct().Order());
    }

    [GeneratedRegex("\\[Trait\\(\"Finding\", \"([0-9]+)\"\\)\\]")]
    private static partial Regex Finding { get; }

    private static string Charts([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "../Tracebloc.Charts.Tests/Security");
}
