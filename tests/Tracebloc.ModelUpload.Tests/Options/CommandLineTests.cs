using System.CommandLine;
using Tracebloc.CommandLine;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class CommandLineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IReadOnlyList<string> Names =>
        [.. OptionTable.All.Select(entry => entry.Flag), "--output", "--help"];

    [Theory]
    [InlineData("--source-type", "oci")]
    [InlineData("--source-type=oci")]
    [InlineData("--source-type", "s3", "--source-type", "oci")]
    public void A_value_follows_its_option_or_an_equals_sign_and_the_last_counts(params string[] args)
    {
        var option = Assert.Single(Read(args).Values);
        Assert.Equal(("source-type", "oci"), (option.Key, option.Value));
    }

    [Theory]
    [InlineData("--registry-user-token=a=b==", "a=b==")]
    [InlineData("--registry-user-token=@x y", "@x y")]
    public void A_value_is_taken_as_it_is(string arg, string value) =>
        Assert.Equal(value, Read(arg).Values["registry-user-token"]);

    [Fact]
    public void Without_arguments_no_option_has_a_value() => Assert.Empty(Read().Values);

    [Fact]
    public async Task An_unknown_option_ends_with_2_and_a_suggestion()
    {
        var (code, error) = await RunAsync("--sorce-type", "s3");
        Assert.Equal(2, code);
        Assert.Contains("did you mean --source-type?", error);
    }

    [Fact]
    public async Task The_help_has_each_option_with_its_default()
    {
        var output = new StringWriter();
        Assert.Equal(0, await Program().InvokeAsync(["--help"], output, TextWriter.Null, Token));
        var help = output.ToString();
        Assert.All(OptionTable.All, entry => Assert.Contains(entry.Flag, help));
        Assert.Contains("Default: /tmp/model-sync", help);
    }

    [Theory]
    [InlineData("--source-t", "--source-type")]
    [InlineData("--source-t=s3", "--source-type=s3")]
    [InlineData("--destination-oci-base=a=b", "--destination-oci-base-image=a=b")]
    [InlineData("--model-id", "--model-id")]
    [InlineData("--source-uri", "--source-uri")]
    [InlineData("--sign", "--sign")]
    [InlineData("--sorce", "--sorce")]
    [InlineData("plan", "plan")]
    [InlineData("-o", "-o")]
    public void An_unambiguous_beginning_stands_for_an_option(string arg, string expected)
    {
        Assert.Equal([expected], OptionPrefixes.Expand([arg], Names, out var fault));
        Assert.Null(fault);
    }

    [Fact]
    public void An_ambiguous_beginning_is_a_fault_that_names_the_candidates()
    {
        OptionPrefixes.Expand(["--model-v", "1", "--registry-user-tok"], Names, out var fault);
        Assert.Equal(
            "option --registry-user-tok is ambiguous; "
            + "write one of --registry-user-token, --registry-user-token-envvar.",
            fault);
    }

    // The parser takes an option that ends in an equals sign for one without a value.
    [Fact]
    public void An_empty_value_after_an_equals_sign_is_a_word_of_its_own()
    {
        var args = OptionPrefixes.Expand(["--source-t=", "--registry-user-token="], Names, out _);
        Assert.Equal(["--source-type", "", "--registry-user-token", ""], args);
        Assert.Equal("", Read([.. args]).Values["registry-user-token"]);
    }

    [Fact]
    public void Words_after_two_dashes_stay() =>
        Assert.Equal(["--sign", "x", "--", "--source-t"], OptionPrefixes.Expand(
            ["--sign", "x", "--", "--source-t"], Names, out _));

    private static RawOptions Read(params string[] args) => Assert.IsType<RawOptions>(Program().Read(args));

    private static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        var error = new StringWriter();
        var code = await Program().InvokeAsync(args, TextWriter.Null, error, Token);
        return (code, error.ToString());
    }

    private static CommandLineProgram Program() => CommandLineProgram.Of(new Some(), "  0 done");

    private sealed class Some : Verb<RawOptions>
    {
        private readonly OptionArguments _options = new();

        public Some() : base("model-upload", "Moves a model.") => _options.AddTo(this);

        public override string Examples => "  model-upload";

        public override Task<int> ExecuteAsync(RawOptions options, CancellationToken token) => Task.FromResult(0);

        protected override RawOptions Parse(ParseResult result) => _options.Read(result);
    }
}
