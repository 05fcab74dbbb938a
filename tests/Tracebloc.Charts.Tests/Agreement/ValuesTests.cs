using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Agreement;

/// <summary>values.yaml, its schema, the README and the templates say the same.</summary>
public sealed class ValuesTests
{
    // Of each that is added the question is whether two users need different answers.
    private const int MostKeys = 96;

    private static readonly ValuesFile Values = ValuesFile.Of(Chart.Client);
    private static readonly SchemaFile Schema = SchemaFile.Of(Chart.Client);
    private static readonly TemplateFiles Templates = TemplateFiles.Of(Chart.Client);

    [Fact]
    public void Every_key_has_a_comment_above_it() =>
        Assert.Empty(Values.Keys.Where(key => key.Comment == "").Select(key => key.Path));

    [Fact]
    public void There_are_few_enough_to_know_them() => Assert.InRange(Values.Leaves.Count(), 1, MostKeys);

    [Fact]
    public void Every_key_is_in_the_schema() =>
        Assert.Empty(Values.Keys.Select(key => key.Path).Except(Schema.Properties.Select(property => property.Path)));

    [Fact]
    public void Whatever_the_schema_offers_has_a_default_in_values() => Assert.DoesNotContain(
        Schema.Properties
            .Where(property => !property.IsDeprecated)
            .Select(property => property.Path)
            .Except(Values.Keys.Select(key => key.Path)),
        path => !Values.Leaves.Any(leaf => path.StartsWith(leaf.Path + ".", StringComparison.Ordinal)));

    [Fact]
    public void The_schema_describes_each_key_by_its_comment() =>
        Approval.Verify(Chart.Client.PathOf("values.schema.json"), Schema.Describe(Values));

    [Fact]
    public void The_table_in_the_readme_has_each_key_with_its_default_and_comment()
    {
        var readme = Chart.Client.Read("README.md");

        Approval.Verify(Chart.Client.PathOf("README.md"), ValuesTable.Write(readme, Values));
    }

    [Fact]
    public void What_markdown_would_take_for_its_own_is_escaped_in_the_table()
    {
        var values = ValuesFile.Parse("# The secret <release>-regcred, or a|b.\nname: x");

        var table = ValuesTable.Write("<!-- values -->\n<!-- /values -->", values);

        Assert.Contains("| The secret \\<release>-regcred, or a\\|b. |", table);
    }

    [Fact]
    public void Every_section_of_the_schema_says_what_becomes_of_unknown_keys() => Assert.Empty(
        Schema.Properties.Where(property => property is { IsObject: true, DecidesOnUnknownKeys: false })
            .Select(property => property.Path));

    [Fact]
    public void Templates_read_only_what_the_schema_accepts()
    {
        Assert.NotEmpty(Templates.ValuesRead);
        Assert.All(Templates.ValuesRead, path => Assert.True(Schema.Offers(path), $".Values.{path} is not offered"));
    }

    [Fact]
    public void Every_helper_that_is_defined_is_used()
    {
        Assert.NotEmpty(Templates.HelpersDefined);
        Assert.Empty(Templates.HelpersDefined.Except(Templates.HelpersUsed));
    }

    [Fact]
    public void Every_helper_is_named_after_the_chart() =>
        Assert.All(Templates.HelpersDefined, name => Assert.StartsWith("client.", name));
}
