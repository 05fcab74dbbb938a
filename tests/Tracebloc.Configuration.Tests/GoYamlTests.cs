namespace Tracebloc.Configuration.Tests;

/// <summary>Files are read as helm and kubectl read them; the values are those that helm 4.1.4 renders.</summary>
public sealed class GoYamlTests
{
    [Theory]
    [InlineData(
        "v1 1.2.3 12e 1e 0x 0o8 0b2 _1 .e3 1:20 190:20:30 2024-01-01 tRue nULL = 1.30-rc sha256:12", ScalarType.Text)]
    [InlineData(
        "1 1.30 1. .5 12e3 1E5 72044e11 0x1F 0XaF 0o17 0O7 017 089 0b101 0B1 -0b1 +0x1 -0o7", ScalarType.Number)]
    [InlineData("1_000 1_0.5 0x_1F .1_0 99999999999999999999 .inf -.Inf .NaN", ScalarType.Number)]
    [InlineData("y Y yes Yes on ON true True n N no NO off Off false FALSE", ScalarType.Boolean)]
    [InlineData("~ null Null NULL", ScalarType.Null)]
    public void A_plain_value_has_the_type_of_yaml_1_1(string values, ScalarType type) =>
        Assert.All(values.Split(' '), value => Assert.Equal(type, Value(value).Type));

    [Theory]
    [InlineData("!!str 1.30", ScalarType.Text)]
    [InlineData("! 1.30", ScalarType.Text)]
    [InlineData("!vault 1.30", ScalarType.Text)]
    [InlineData("!!timestamp 2024-01-01", ScalarType.Text)]
    [InlineData("!!int \"8080\"", ScalarType.Number)]
    [InlineData("!!float 1", ScalarType.Number)]
    [InlineData("!!bool \"yes\"", ScalarType.Boolean)]
    [InlineData("!!null \"\"", ScalarType.Null)]
    [InlineData("\"1.30\"", ScalarType.Text)]
    [InlineData("'yes'", ScalarType.Text)]
    public void A_tag_decides_over_the_look_of_a_value(string value, ScalarType type) =>
        Assert.Equal(type, Value(value).Type);

    [Theory]
    [InlineData("y", true)]
    [InlineData("True", true)]
    [InlineData("ON", true)]
    [InlineData("no", false)]
    [InlineData("Off", false)]
    [InlineData("N", false)]
    [InlineData("\"true\"", null)]
    [InlineData("1", null)]
    public void A_boolean_is_known_however_it_is_spelt(string value, bool? flag) =>
        Assert.Equal(flag, Value(value).Boolean);

    [Theory]
    [InlineData("{<<: *one}", "a=1")]
    [InlineData("{<<: [*one, *two]}", "a=1 b=2")]
    [InlineData("{<<: [{a: 7}, *two]}", "a=7 b=2")]
    [InlineData("{<<: *two, a: 9}", "a=9 b=2")]
    [InlineData("{a: 9, <<: *two}", "a=2 b=2")] // go-yaml 2; by YAML's own rule it would stay 9
    [InlineData("{<<: *one, <<: *two}", "a=2 b=2")]
    [InlineData("{<<: *three}", "a=2 b=2 c=3")]
    [InlineData("{!!merge \"<<\": *one}", "a=1")]
    [InlineData("{\"<<\": 1}", "<<=1")]
    public void Merge_keys_are_applied_where_they_stand(string mapping, string entries)
    {
        var root = Read($"1: &one {{a: 1}}\n2: &two {{a: 2, b: 2}}\n3: &three {{<<: *two, c: 3}}\nx: {mapping}\n");
        var x = Assert.IsType<ConfigurationNode.Mapping>(root.Entries[^1].Value);
        Assert.Equal(entries, string.Join(
            ' ', x.Entries.Select(entry => $"{entry.Key}={((ConfigurationNode.Scalar)entry.Value).Text}")));
    }

    [Theory]
    [InlineData("a: 1\nb: {<<: 1}\n", 2, "a merge key (<<) takes a mapping or a list of mappings, as in <<: *name")]
    [InlineData("b:\n  <<:\n", 2, "a merge key (<<) takes a mapping or a list of mappings, as in <<: *name")]
    [InlineData("b: {<<: [{a: 1}, 1]}\n", 1, "a merge key (<<) takes a mapping or a list of mappings, as in <<: *name")]
    [InlineData("a: !!int x\n", 1, "the value does not fit its tag (int)")]
    [InlineData("a: !!null x\n", 1, "the value does not fit its tag (null)")]
    [InlineData("a: !!binary aGk=\n", 1, "!!binary is not read; write the text out")]
    [InlineData("a: 1\nb: 1\na: 2\n", 3, "is given twice, first on line 1; keep one")]
    [InlineData("p: *Passw0rd\n", 1,
        "an alias (*name) without an anchor (&name) before it; quote text that begins with *")]
    public void Anything_else_is_rejected_with_its_line(string text, int line, string message)
    {
        var errors = new ConfigurationErrors("values.yaml");
        ConfigurationDocument.Parse(text, errors, YamlRules.Go);
        var error = Assert.Single(errors.InOrder());
        Assert.Equal(line, error.Line);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Passw0rd", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_of_two_equal_keys_counts_where_that_is_wanted()
    {
        var errors = new ConfigurationErrors("config");
        var root = ConfigurationDocument.Parse("a: 1\nb: 2\na: 3\n", errors, YamlRules.Go with { LastKeyWins = true });
        Assert.Empty(errors.InOrder());
        Assert.Equal(["a=3", "b=2"], root!.Entries.Select(
            entry => $"{entry.Key}={((ConfigurationNode.Scalar)entry.Value).Text}"));
    }

    [Fact]
    public void A_value_is_found_by_its_path_through_aliases_and_merge_keys()
    {
        var root = Read("base: &base {image: a, list: [{x.y: b}]}\nweb: {<<: *base}\njob: *base\n");
        foreach (var path in (string[])["web.image", "job.image", "base.image"])
            Assert.Equal("a", Assert.IsType<ConfigurationNode.Scalar>(ConfigurationPath.Find(root, path)).Text);
        Assert.Equal("b", Assert.IsType<ConfigurationNode.Scalar>(
            ConfigurationPath.Find(root, "web.list[0][\"x.y\"]")).Text);
        Assert.Null(ConfigurationPath.Find(root, "web.images"));
    }

    [Fact]
    public void Merge_keys_cannot_make_a_small_file_large()
    {
        var keys = string.Join(", ", Enumerable.Range(0, 1000).Select(number => $"k{number}: 1"));
        var errors = new ConfigurationErrors("values.yaml");
        var list = string.Join(", ", Enumerable.Repeat("*a", 1000));
        ConfigurationDocument.Parse($"a: &a {{{keys}}}\nb: {{<<: [{list}]}}\n", errors, YamlRules.Go);
        Assert.Contains("copy more than 100000 values", Assert.Single(errors.InOrder()).Message);
    }

    private static ConfigurationNode.Scalar Value(string value) =>
        Assert.IsType<ConfigurationNode.Scalar>(Read($"a: {value}\n").Entries[0].Value);

    private static ConfigurationNode.Mapping Read(string text)
    {
        var errors = new ConfigurationErrors("values.yaml");
        var root = ConfigurationDocument.Parse(text, errors, YamlRules.Go);
        Assert.Empty(errors.InOrder());
        return Assert.IsType<ConfigurationNode.Mapping>(root);
    }
}
