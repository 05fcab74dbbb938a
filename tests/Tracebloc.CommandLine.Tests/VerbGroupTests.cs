namespace Tracebloc.CommandLine.Tests;

public sealed class VerbGroupTests : IDisposable
{
    private readonly CommandLineProgram _program;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public VerbGroupTests()
    {
        var greet = new GreetVerb();
        greet.AddAlias("hail");
        _program = CommandLineProgram.Of(
            "sample",
            "A program of a group.",
            [new VerbGroup("people", "All about people.", "  sample people greet world", greet)],
            "  sample people",
            "  0 done    2 usage");
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("greet")]
    [InlineData("hail")]
    public async Task A_verb_of_a_group_runs_by_each_of_its_names(string name) =>
        Assert.Equal(42, await InvokeAsync("people", name, "world"));

    [Fact]
    public async Task A_group_alone_prints_its_help()
    {
        Assert.Equal(0, await InvokeAsync("people"));
        Assert.Contains("All about people.", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Examples:\n  sample people greet world\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("greeet", "verb \"greeet\" is unknown; did you mean greet? See sample people --help\n")]
    [InlineData("sing", "Unrecognized command or argument 'sing'. See sample people --help\n")]
    public async Task A_mistyped_verb_of_a_group_is_a_mistake_with_the_path_to_the_help(string verb, string message)
    {
        Assert.Equal(2, await InvokeAsync("people", verb));
        Assert.Equal(message, _error.ToString());
    }

    [Fact]
    public async Task A_mistake_below_a_group_names_the_verb_s_own_help()
    {
        Assert.Equal(2, await InvokeAsync("people", "greet", "world", "--patience", "long"));
        Assert.EndsWith(" See sample people greet --help\n", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> InvokeAsync(params string[] args) => _program.InvokeAsync(args, _output, _error, default);
}
