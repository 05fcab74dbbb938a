using System.Text.RegularExpressions;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>values.yaml, its schema, the README and the templates say the same.</summary>
public sealed class AgreementTests
{
    // Of each that is added the question is whether two users need different answers.
    private const int MostKeys = 64;

    private static readonly Chart Chart = SyncChart.Chart;
    private static readonly ValuesFile Values = ValuesFile.Of(Chart);
    private static readonly SchemaFile Schema = SchemaFile.Of(Chart);
    private static readonly TemplateFiles Templates = TemplateFiles.Of(Chart);

    [Fact]
    public void Every_key_has_a_comment_above_it() =>
        Assert.Empty(Values.Keys.Where(key => key.Comment == "").Select(key => key.Path));

    [Fact]
    public void There_are_few_enough_to_know_them() => Assert.InRange(Values.Leaves.Count(), 1, MostKeys);

    [Fact]
    public void The_schema_describes_each_key_by_its_comment() =>
        Approval.Verify(Chart.PathOf("values.schema.json"), Schema.Describe(Values));

    [Fact]
    public void All_that_the_schema_offers_has_a_default() => Assert.Equal(
        Values.Keys.Select(key => key.Path).Order(),
        Schema.Properties.Select(property => property.Path)
            .Where(path => !Values.Leaves.Any(leaf => path.StartsWith(leaf.Path + ".", StringComparison.Ordinal)))
            .Order());

    [Fact]
    public void Every_section_says_what_becomes_of_unknown_keys() => Assert.Empty(
        Schema.Properties.Where(property => property is { IsObject: true, DecidesOnUnknownKeys: false })
            .Select(property => property.Path));

    [Fact]
    public void The_table_in_the_readme_has_each_key_with_its_default_and_comment() =>
        Approval.Verify(Chart.PathOf("README.md"), ValuesTable.Write(Chart.Read("README.md"), Values));

    [Fact]
    public void Templates_read_only_what_the_schema_accepts()
    {
        Assert.NotEmpty(Templates.ValuesRead);
        Assert.All(Templates.ValuesRead, path => Assert.True(Schema.Offers(path), $".Values.{path} is not offered"));
    }

    [Fact]
    public void Every_helper_is_named_after_the_chart_and_used()
    {
        Assert.NotEmpty(Templates.HelpersDefined);
        Assert.All(Templates.HelpersDefined, name => Assert.StartsWith("metadata-sync.", name));
        Assert.Empty(Templates.HelpersDefined.Except(Templates.HelpersUsed));
    }

    [Fact]
    public void All_charts_are_of_one_version()
    {
        Assert.Equal(Chart.Client.Version, Chart.Version);
        Assert.Equal(Chart.Client.Version, Node.Parse(Chart.Read("Chart.yaml"))["appVersion"].Text);
        var named = Regex.Matches(Chart.Read("README.md"), @"--version (\S+)").Select(found => found.Groups[1].Value);
        Assert.Equal([Chart.Version], named.Distinct());
    }
}
