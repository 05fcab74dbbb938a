using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Testing;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>values.yaml, its schema, the README, the templates and ingest.v1 say the same.</summary>
public sealed class AgreementTests
{
    // Of each that is added the question is whether two users need different answers.
    private const int MostKeys = 25;

    private static readonly Chart Chart = IngestorChart.Chart;
    private static readonly ValuesFile Values = ValuesFile.Of(Chart);
    private static readonly SchemaFile Schema = SchemaFile.Of(Chart);
    private static readonly TemplateFiles Templates = TemplateFiles.Of(Chart);
    private static readonly string Ingest = Documents.Read("schemas/ingest.v1.json");

    private static IEnumerable<string> IngestKeys =>
        JsonNode.Parse(Ingest)!["properties"]!.AsObject().Select(key => key.Key);

    [Fact]
    public void The_schema_holds_that_of_ingest_v1() => Approval.Verify(
        Chart.PathOf("values.schema.json"), ValuesSchema.Write(Chart.Read("values.schema.json"), Ingest));

    [Theory]
    [InlineData("\"maxLength\": 64", "\"maxLength\": 65")]
    [InlineData("\"minItems\": 2", "\"minItems\": 3")]
    [InlineData("\"required\": [\"timestamp\"]", "\"required\": [\"time\"]")]
    [InlineData("\"required\": [\"apiVersion\", \"kind\",", "\"required\": [\"kind\",")]
    [InlineData("\"time_column\": {", "\"time\": {")]
    public void A_change_of_ingest_v1_is_a_change_of_the_chart(string text, string by)
    {
        Assert.Contains(text, Ingest);
        var written = Chart.Read("values.schema.json");

        Assert.NotEqual(written, ValuesSchema.Write(written, Ingest.Replace(text, by)));
    }

    [Fact]
    public void Every_key_has_a_comment_above_it() =>
        Assert.Empty(Values.Keys.Where(key => key.Comment == "").Select(key => key.Path));

    [Fact]
    public void There_are_few_enough_to_know_them() => Assert.InRange(Values.Leaves.Count(), 1, MostKeys);

    [Fact]
    public void The_keys_of_ingest_v1_stand_in_the_values_as_comments() => Assert.All(
        IngestKeys, key => Assert.Matches($"(?m)^# {key}: ", Chart.Read("values.yaml")));

    [Fact]
    public void The_keys_of_the_chart_itself_have_defaults_and_no_others() => Assert.Equal(
        Values.Keys.Select(key => key.Path).Order(),
        Schema.Properties.Select(property => property.Path)
            .Where(path => !IngestKeys.Contains(path.Split('.')[0]))
            .Where(path => !Values.Leaves.Any(leaf => path.StartsWith(leaf.Path + ".", StringComparison.Ordinal)))
            .Order());

    [Fact]
    public void Every_section_says_what_becomes_of_unknown_keys() => Assert.Empty(
        Schema.Properties.Where(property => property is { IsObject: true, DecidesOnUnknownKeys: false })
            .Select(property => property.Path)
            // ingest.v1 accepts and ignores them there.
            .Except(["spec.file_options"]));

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
        Assert.All(Templates.HelpersDefined, name => Assert.StartsWith("ingestor.", name));
        Assert.Empty(Templates.HelpersDefined.Except(Templates.HelpersUsed));
    }

    [Fact]
    public void There_is_an_example_of_each_category() => Assert.All(
        IngestExample.Sound,
        example => Approval.Verify(
            Chart.PathOf($"ci/{example.Category.Replace('_', '-')}-values.yaml"),
            File.ReadAllText(example.Specification)));

    /// <summary>Directory.Build.props has the version; another test compares the client chart with it.</summary>
    [Fact]
    public void All_charts_are_of_one_version()
    {
        Assert.Equal(Chart.Client.Version, Chart.Version);
        Assert.Equal(Chart.Client.Version, Node.Parse(Chart.Read("Chart.yaml"))["appVersion"].Text);
        var named = Regex.Matches(Chart.Read("README.md"), @"--version (\S+)").Select(found => found.Groups[1].Value);
        Assert.Equal([Chart.Version], named.Distinct());
    }
}
