using Microsoft.Extensions.Logging;

namespace Tracebloc.CommandLine.Tests;

public sealed class CommandLineProgramTests : IDisposable
{
    private readonly CommandLineProgram _program = CommandLineProgram.Of(
        "sample", "A program of one verb.", [new GreetVerb()], "  sample greet everyone", "  0 done    2 usage");

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task The_exit_code_of_the_verb_is_the_program_s() =>
        Assert.Equal(42, await InvokeAsync("greet", "world"));

    [Fact]
    public void A_verb_s_options_are_a_record_with_defaults() =>
        Assert.Equal(
            new GreetOptions("world", null, OutputFormat.Text, LogLevel.Information, new ClusterOptions(null, null)),
            _program.Read(["greet", "world"]));

    [Fact]
    public void A_verb_s_options_may_stand_anywhere() =>
        Assert.Equal(
            new GreetOptions(
                "@x", TimeSpan.FromMinutes(5), OutputFormat.Json, LogLevel.Debug, new ClusterOptions("k", "edge")),
            _program.Read(
                ["greet", "-o", "json", "--patience=5m", "@x", "--log-level", "debug",
                    "--kubeconfig", "k", "--context", "edge"]));

    [Fact]
    public void A_command_line_with_a_mistake_has_no_options() => Assert.Null(_program.Read(["greet"]));

    [Fact]
    public async Task A_program_without_a_verb_prints_its_help()
    {
        Assert.Equal(0, await InvokeAsync());
        Assert.Contains("greet <NAME>", _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(
            "Examples:\n  sample greet everyone\n\nExit codes:\n  0 done    2 usage\n",
            _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task The_help_of_a_verb_ends_with_its_own_examples()
    {
        Assert.Equal(0, await InvokeAsync("greet", "--help"));
        Assert.EndsWith(
            "Examples:\n  sample greet world\n\nExit codes:\n  0 done    2 usage\n",
            _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_of_one_verb_needs_no_word_for_it()
    {
        var program = CommandLineProgram.Of(new GreetVerb(), "  0 done");

        Assert.Equal(42, await program.InvokeAsync(["world"], _output, _error, TestContext.Current.CancellationToken));
        Assert.Equal(2, await program.InvokeAsync([], _output, _error, TestContext.Current.CancellationToken));
        Assert.EndsWith("See greet --help\n", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_gets_the_caller_s_token() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _program.InvokeAsync(["greet", "world"], _output, _error, new CancellationToken(true)));

    [Theory]
    [InlineData("gret world", "verb \"gret\" is unknown; did you mean greet? See sample --help")]
    [InlineData("ls", "Unrecognized command or argument 'ls'. See sample --help")]
    [InlineData("greet a --dry-rnu",
        "option \"--dry-rnu\" is unknown; did you mean --dry-run? See sample greet --help")]
    [InlineData("greet a --ouput=json",
        "option \"--ouput\" is unknown; did you mean --output? See sample greet --help")]
    [InlineData(
        "greet --ouput json a", "option \"--ouput\" is unknown; did you mean --output? See sample greet --help")]
    [InlineData("greet a --zzz", "Unrecognized command or argument '--zzz'. See sample greet --help")]
    [InlineData("greet a b", "Unrecognized command or argument 'b'. See sample greet --help")]
    [InlineData("greet a --output xml", "\"xml\" is not an output; use text or json. See sample greet --help")]
    [InlineData("greet a --patience 5",
        "--patience \"5\" is not a duration; write it as 90s, 10m or 1h30m. See sample greet --help")]
    [InlineData("greet a --patience 5m --dry-run",
        "--dry-run and --patience exclude each other; give one. See sample greet --help")]
    [InlineData("gr\u001bet", "verb \"gr\\u001bet\" is unknown; did you mean greet? See sample --help")]
    public async Task A_mistake_is_one_line_that_leads_to_the_help(string args, string message)
    {
        Assert.Equal(CommandLineProgram.UsageError, await InvokeAsync(args.Split(' ')));
        Assert.Equal(message + "\n", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    private Task<int> InvokeAsync(params string[] args) =>
        _program.InvokeAsync(args, _output, _error, TestContext.Current.CancellationToken);
}
