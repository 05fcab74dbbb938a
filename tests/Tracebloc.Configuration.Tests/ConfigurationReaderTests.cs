using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Configuration.Tests;

public sealed class ConfigurationReaderTests
{
    private readonly ConfigurationErrors _errors = new("c.yaml");

    [Fact]
    public void Values_come_in_their_types()
    {
        var reader = Read("text: a\nquoted: \"1\"\nflag: false\nnumber: 3\nwait: 1h30m\nmode: fast\n");
        Assert.Equal("a", reader.Text("text"));
        Assert.Equal("1", reader.Text("quoted"));
        Assert.False(reader.Boolean("flag"));
        Assert.Equal(3, reader.Integer("number", minimum: 1));
        Assert.Equal(TimeSpan.FromMinutes(90), reader.Duration("wait"));
        Assert.Equal("fast", reader.Choice("mode", "a mode", "slow", "fast"));
        reader.RefuseUnknownKeys();
        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData("key:")]
    [InlineData("key: null")]
    [InlineData("key: ~")]
    [InlineData("other: 1")]
    public void Empty_counts_as_absent(string text)
    {
        var reader = Read(text);
        Assert.Null(reader.Text("key"));
        Assert.Null(reader.Boolean("key"));
        Assert.Null(reader.Integer("key", 0));
        Assert.Null(reader.Duration("key"));
        Assert.Null(reader.Section("key"));
        Assert.Empty(reader.Items("key"));
        Assert.Empty(reader.Sections("key"));
        Assert.Empty(Errors());
    }

    [Theory]
    [InlineData("key: 12", "must be text; put it in quotes: \"12\"")]
    [InlineData("key: true", "must be text; put it in quotes: \"true\"")]
    [InlineData("key: ''", "must not be empty; remove the key")]
    [InlineData("key: [a]", "must be text, but is a list")]
    public void Text_is_text(string text, string message)
    {
        Assert.Null(Read(text).Text("key"));
        Assert.Equal([$"c.yaml:1: key: {message}"], Errors());
    }

    [Theory]
    [InlineData("key: yes", "\"yes\"")]
    [InlineData("key: 'true'", "\"true\"")]
    [InlineData("key: 1", "the number 1")]
    public void True_and_false_are_spelt_out(string text, string found)
    {
        Assert.Null(Read(text).Boolean("key"));
        Assert.Equal([$"c.yaml:1: key: must be true or false without quotes, but is {found}"], Errors());
    }

    [Theory]
    [InlineData("key: 0", "the number 0")]
    [InlineData("key: -1", "the number -1")]
    [InlineData("key: 1.5", "the number 1.5")]
    [InlineData("key: 99999999999", "the number 99999999999")]
    [InlineData("key: '3'", "\"3\"")]
    [InlineData("key: {}", "a mapping")]
    public void A_number_is_whole_and_large_enough(string text, string found)
    {
        Assert.Null(Read(text).Integer("key", minimum: 1));
        Assert.Equal([$"c.yaml:1: key: must be a whole number of at least 1, but is {found}"], Errors());
    }

    [Fact]
    public void A_duration_has_a_unit()
    {
        Assert.Null(Read("key: 10").Duration("key"));
        Assert.Null(Read("key: [10m]").Duration("key"));
        Assert.Equal(
            [
                "c.yaml:1: key: \"10\" is not a duration; write it as 90s, 10m or 1h30m",
                "c.yaml:1: key: must be a duration such as 10m, but is a list",
            ],
            Errors());
    }

    [Fact]
    public void The_texts_of_a_list_are_parsed_and_refused_one_by_one()
    {
        Assert.Empty(Read("other: 1").Texts<string>("key", Lowered));
        Assert.Equal(["a", "b"], Read("key: [A, 1, '', B]").Texts<string>("key", Lowered));
        Assert.Empty(Read("key: []").Texts<string>("key", Lowered));
        Assert.Equal(
            [
                "c.yaml:1: key[1]: must be text, but is the number 1",
                "c.yaml:1: key[2]: is nothing",
                "c.yaml:1: key: must not be an empty list; remove the key",
            ],
            Errors());

        static bool Lowered(
            string text, [NotNullWhen(true)] out string? lowered, [NotNullWhen(false)] out string? error)
        {
            lowered = text.Length == 0 ? null : text.ToLowerInvariant();
            error = lowered is null ? "is nothing" : null;
            return lowered is not null;
        }
    }

    [Fact]
    public void A_choice_names_the_others()
    {
        Assert.Null(Read("action: restrat").Choice("action", "an action", "restart", "setEnv", "setImage"));
        Assert.Equal(["c.yaml:1: action: \"restrat\" is not an action; use restart, setEnv or setImage"], Errors());
    }

    [Fact]
    public void A_missing_key_is_named_where_it_should_stand()
    {
        var reader = Read("images:\n- a: 1\n\n- b: 2\n");
        foreach (var item in reader.Items("images")) item.RequiredText("name", "name: web");
        Assert.Equal(
            [
                "c.yaml:2: images[0]: name is missing; write name: web",
                "c.yaml:4: images[1]: name is missing; write name: web",
            ],
            Errors());
    }

    [Theory]
    [InlineData("imgaes: []", "did you mean images?")]
    [InlineData("Images: []", "did you mean images?")]
    [InlineData("podSelector: []", "known here: images, namespace")]
    [InlineData("x: []", "known here: images, namespace")]
    public void An_unknown_key_comes_with_what_was_meant(string text, string remedy)
    {
        var reader = Read(text);
        reader.Find("images");
        reader.Find("namespace");
        reader.RefuseUnknownKeys();
        var key = text[..text.IndexOf(':', StringComparison.Ordinal)];
        Assert.Equal([$"c.yaml:1: {key}: is not a known key; {remedy}"], Errors());
    }

    [Fact]
    public void A_key_that_is_there_was_hardly_meant()
    {
        var reader = Read("table: birds\nlable: kind\n");
        reader.Find("table");
        reader.Find("label");
        reader.RefuseUnknownKeys();
        Assert.Equal(["c.yaml:2: lable: is not a known key; did you mean label?"], Errors());
    }

    [Fact]
    public void Lists_and_mappings_are_not_taken_for_each_other()
    {
        var reader = Read("list: {a: 1}\nmapping: [1]\nitems: [text]\nsections: {a: 1}\n");
        Assert.Empty(reader.Items("list"));
        Assert.Null(reader.Section("mapping"));
        Assert.Empty(reader.Items("items"));
        Assert.Empty(reader.Sections("sections"));
        Assert.Equal(
            [
                "c.yaml:1: list: must be a list (- item), but is a mapping",
                "c.yaml:2: mapping: must be a mapping (key: value), but is a list",
                "c.yaml:3: items[0]: must be a mapping (key: value), but is \"text\"",
                "c.yaml:4: sections.a: must be a mapping (key: value), but is the number 1",
            ],
            Errors());
    }

    [Fact]
    public void Everything_wrong_is_said_at_once_and_by_line()
    {
        var reader = Read("b: x\na: y\nc: z\n");
        reader.Integer("a", 0);
        reader.Boolean("b");
        reader.RefuseUnknownKeys();
        Assert.Equal(["b", "a", "c"], _errors.InOrder().Select(error => error.Path));
    }

    private IEnumerable<string> Errors() => _errors.InOrder().Select(error => error.ToString());

    private ConfigurationReader Read(string text)
    {
        var root = ConfigurationDocument.Parse(text, _errors);
        Assert.NotNull(root);
        return new ConfigurationReader(root, _errors);
    }
}
