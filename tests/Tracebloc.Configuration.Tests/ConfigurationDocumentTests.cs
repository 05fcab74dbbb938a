using System.IO.Pipes;
using System.Text;

namespace Tracebloc.Configuration.Tests;

public sealed class ConfigurationDocumentTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tracebloc").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Every_value_knows_its_path_and_line()
    {
        var root = Parse("""
            name: web
            registries:
              ghcr.io: {insecure: true}
            images:
              - image: a
              - image: "b"
            """);
        var registries = Assert.IsType<ConfigurationNode.Mapping>(root.Entries[1].Value);
        var host = Assert.IsType<ConfigurationNode.Mapping>(registries.Entries[0].Value);
        Assert.Equal("registries[\"ghcr.io\"].insecure", host.Entries[0].Value.Path);
        Assert.Equal((3, 23), (host.Entries[0].Value.Line, host.Entries[0].Value.Column));

        var images = Assert.IsType<ConfigurationNode.Sequence>(root.Entries[2].Value);
        var second = Assert.IsType<ConfigurationNode.Mapping>(images.Items[1]);
        Assert.Equal(("images[1].image", 6), (second.Entries[0].Value.Path, second.Entries[0].Value.Line));
    }

    [Theory]
    [InlineData("{\"a\": {\"b\": [\"c\", 1, true, null]}}")]
    [InlineData("{\n\t\"a\": {\n\t\t\"b\": [\"c\", 1, true, null]\n\t}\n}\n")]
    [InlineData("\uFEFFa:\n  b: [c, 1, true, ~]\n")]
    [InlineData("---\r\na:\r\n  b:\r\n  - 'c'\r\n  - 1\r\n  - true\r\n  -\r\n...\r\n")]
    public void JSON_is_read_like_YAML_however_it_is_indented(string text)
    {
        var a = Assert.IsType<ConfigurationNode.Mapping>(Parse(text).Entries.Single().Value);
        var b = Assert.IsType<ConfigurationNode.Sequence>(a.Entries.Single().Value);
        Assert.Equal(
            [ScalarType.Text, ScalarType.Number, ScalarType.Boolean, ScalarType.Null],
            b.Items.Select(item => Assert.IsType<ConfigurationNode.Scalar>(item).Type));
    }

    [Fact]
    public void JSON_escapes_are_resolved()
    {
        var value = Parse("""{"a": "\/x\u00e9\ud83d\ude00\n"}""").Entries[0].Value;
        Assert.Equal("/xé😀\n", Assert.IsType<ConfigurationNode.Scalar>(value).Text);
    }

    [Theory]
    [InlineData("a: \"x\"\r\nb: [ 'it''s' ]", "\"x\"", "'it''s'")]
    [InlineData("a: 😀é # x\nb:\n  c", "😀é", "c")]
    [InlineData("a:\nb: ~", "", "~")]
    public void Every_value_knows_its_characters(string text, params string[] values) =>
        Assert.Equal(values, Scalars(Parse(text)).Select(scalar => text[scalar.Extent]));

    [Fact]
    public void Anchors_and_aliases_are_read_where_they_are_wanted()
    {
        const string Text = "base: &base {x: 1}\nweb: *base\nown: 2\nname: &name web\nalso: *name\n";
        var errors = new ConfigurationErrors("values.yaml");
        var root = ConfigurationDocument.Parse(Text, errors, YamlRules.Go);
        Assert.Empty(errors.InOrder());
        Assert.Equal(
            ["base.x 1 True", "base.x 1 True", "own 2 False", "name web True", "also web True"],
            Scalars(root).Select(scalar => $"{scalar.Path} {scalar.Text} {scalar.IsAnchored}"));
        Assert.Equal(("web", 2), (root!.Entries[1].Value.Path, root.Entries[1].Value.Line));
    }

    [Theory]
    [InlineData("a: *x\n", 1, "an alias (*name) without an anchor (&name) before it; quote text that begins with *")]
    [InlineData("a: 1\nb: &b [*b]\n", 2,
        "an alias (*name) without an anchor (&name) before it; quote text that begins with *")]
    [InlineData("a: &a 1\n*a : 2\n", 2, "a key must be text, as in key: value")]
    public void An_alias_must_stand_for_what_came_before_it(string text, int line, string message)
    {
        var errors = new ConfigurationErrors("values.yaml");
        Assert.Null(ConfigurationDocument.Parse(text, errors, YamlRules.Go));
        var error = Assert.Single(errors.InOrder());
        Assert.Equal(line, error.Line);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0, "the file is empty; it must hold the configuration")]
    [InlineData("# nothing\n", 0, "the file is empty; it must hold the configuration")]
    [InlineData("---\n", 0, "the file is empty; it must hold the configuration")]
    [InlineData("- a\n", 1, "must be a mapping (key: value), but is a list")]
    [InlineData("just words\n", 1, "must be a mapping (key: value), but is \"just words\"")]
    [InlineData("a: 1\n\tb: 2\n", 2, "a tab cannot indent YAML; use spaces")]
    [InlineData("a:\n  - 1\n  \t- 2\n", 3, "a tab cannot indent YAML; use spaces")]
    [InlineData("a: &x 1\nb: *x\n", 1, "anchors and aliases (&name, *name) are not read; write the value out")]
    [InlineData("a: 1\nb: *x\n", 2, "anchors and aliases (&name, *name) are not read; write the value out")]
    [InlineData("a: !!str 1\n", 1, "tags (!name) are not supported; remove the tag")]
    [InlineData("a: !env HOME\n", 1, "tags (!name) are not supported; remove the tag")]
    [InlineData("? [a]\n: 1\n", 1, "a key must be text, as in key: value")]
    [InlineData("a: 1\n---\nb: 2\n", 2, "a second document starts here (---); a configuration is one document")]
    public void What_no_configuration_needs_is_refused_by_line(string text, int line, string message)
    {
        var errors = new ConfigurationErrors("refresh.yaml");
        ConfigurationDocument.Parse(text, errors);
        var error = Assert.Single(errors.InOrder());
        Assert.Equal(line, error.Line);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [1, 2\nb: 3\n")]
    [InlineData("a: \"open\nb: 3\n")]
    [InlineData("a: b: c\n")]
    [InlineData("a: 1\n b: 2\n")]
    [InlineData("a: %x\n@b: 1\n")]
    [InlineData("a: 1\nb: \"\\UFFFFFFFF\"\n")]
    [InlineData("a: !<> 1\n")]
    public void What_is_not_YAML_is_one_error_on_one_line(string text)
    {
        var errors = new ConfigurationErrors("refresh.yaml");
        Assert.Null(ConfigurationDocument.Parse(text, errors));
        Assert.DoesNotContain('\n', Assert.Single(errors.InOrder()).ToString());
    }

    [Fact]
    public void An_error_is_one_line_whatever_it_quotes()
    {
        var error = new ConfigurationError("a\n.yaml", 1, "b\t\"", "\"c\r\u0085\u2028é😀\" is \u001b[31mred");
        Assert.Equal(
            @"a\n.yaml:1: b\t"": ""c\r\u0085\u2028é😀"" is \u001b[31mred", error.ToString());
        Assert.Equal(@"a\nb", new ConfigurationException("a\nb").Message);
        Assert.Equal(2, new ConfigurationException([error, error]).Message.Split('\n').Length);
    }

    [Fact]
    public void A_key_given_twice_is_named_with_both_lines()
    {
        var errors = new ConfigurationErrors("refresh.yaml");
        Assert.NotNull(ConfigurationDocument.Parse("a: {b: 1}\nc: 2\na: 3\nc: 4\n", errors));
        Assert.Equal(
            [
                "refresh.yaml:3: a: is given twice, first on line 1; keep one",
                "refresh.yaml:4: c: is given twice, first on line 2; keep one",
            ],
            errors.InOrder().Select(error => error.ToString()));
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        var errors = new ConfigurationErrors("deep.json");
        ConfigurationDocument.Parse($"a: {new string('[', 100_000)}", errors);
        var error = Assert.Single(errors.InOrder());
        Assert.Contains("nested deeper than 32 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_is_read_from_a_pipe()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.Write("\uFEFFa: é"u8);
        using var end = pipe.ClientSafePipeHandle;
        var errors = new ConfigurationErrors("pipe");
        var path = $"/proc/self/fd/{end.DangerousGetHandle()}";
        pipe.Close();

        Assert.Equal("\uFEFFa: é", ConfigurationDocument.ReadText(path, errors));
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        var path = Write(new byte[ConfigurationDocument.MaximumBytes + 1]);
        Assert.Equal([$"{path}: is larger than 1024 KiB; is this the right file?"], ErrorsOf(path));
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08, 0xFF, 0xFE })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0, (byte)':', 0 })]
    public void A_file_that_is_not_text_says_so(byte[] content)
    {
        var path = Write(content);
        Assert.Equal([$"{path}: is not UTF-8 text; a configuration is YAML or JSON"], ErrorsOf(path));
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_told_apart()
    {
        var missing = Path.Combine(_directory, "none.yaml");
        Assert.Equal([$"{missing}: does not exist; check the path and that it is mounted"], ErrorsOf(missing));
        Assert.Equal([$"{_directory}: is a directory; name the file in it"], ErrorsOf(_directory));
    }

    [Fact]
    public void A_file_mangled_in_any_way_is_an_error_or_a_tree_but_never_an_exception()
    {
        const string Sample = "a: {b: [1, \"x\"]}\nlist:\n  - name: w # note\n    text: |\n      more\n  - 'q'\nn: ~\n";
        const string Alphabet = "{}[],:-?&*!|>'\"%@`# \t\n\r\0\\<=.~a1é\uD83D\uFFFE\u2028";
        var random = new Random(20_16);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(Sample);
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0) text.Remove(at, Math.Min(random.Next(1, 9), text.Length - at)).Append(' ');
                else text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
            }

            var errors = new ConfigurationErrors("mangled.yaml");
            var rules = i % 2 == 0 ? YamlRules.Go : YamlRules.Strict;
            var root = ConfigurationDocument.Parse(text.ToString(), errors, rules);
            Assert.True(root is not null || !errors.IsEmpty, text.ToString());
        }
    }

    private static IEnumerable<ConfigurationNode.Scalar> Scalars(ConfigurationNode? node) => node switch
    {
        ConfigurationNode.Mapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Value)),
        ConfigurationNode.Sequence sequence => sequence.Items.SelectMany(Scalars),
        _ => [Assert.IsType<ConfigurationNode.Scalar>(node)],
    };

    private static ConfigurationNode.Mapping Parse(string text)
    {
        var errors = new ConfigurationErrors("refresh.yaml");
        var root = ConfigurationDocument.Parse(text.TrimStart('\uFEFF'), errors);
        Assert.Empty(errors.InOrder());
        return Assert.IsType<ConfigurationNode.Mapping>(root);
    }

    private static IEnumerable<string> ErrorsOf(string path)
    {
        var errors = new ConfigurationErrors(path);
        Assert.Null(ConfigurationDocument.Read(path, errors));
        return errors.InOrder().Select(error => error.ToString());
    }

    private string Write(byte[] content)
    {
        var path = Path.Combine(_directory, "file.yaml");
        File.WriteAllBytes(path, content);
        return path;
    }
}
