namespace Tracebloc.CommandLine.Tests;

public sealed class WordSyntaxTests
{
    private static readonly CommandLineProgram Program = CommandLineProgram.Of(
        "sample",
        "A program.",
        [new VerbGroup("people", "Greets people. Others too.", "  sample people greet x", new GreetVerb())],
        "  sample people greet everyone",
        "  0 done");

    [Fact]
    public void Completion_knows_every_word_with_its_first_sentence()
    {
        var group = Assert.Single(Program.Words.Words);

        Assert.Equal(("people", "Greets people"), (group.Name, group.About));
        Assert.Equal("greet", Assert.Single(group.Words).Name);
        Assert.Equal(["--help", "-h"], group.Options[^1].Names);
    }

    [Fact]
    public void Completion_knows_the_values_of_options()
    {
        var options = Program.Words.Words[0].Words[0].Options.ToDictionary(option => option.Names[0]);

        Assert.Null(options["--dry-run"].Value);
        Assert.Equal(["text", "json"], options["--output"].Value!.Words);
        Assert.Equal(["--output", "-o"], options["--output"].Names);
        Assert.True(options["--kubeconfig"].Value!.IsFile);
        Assert.Empty(options["--context"].Value!.Words);
    }

    [Theory]
    [InlineData(CompletionShell.Bash)]
    [InlineData(CompletionShell.Zsh)]
    [InlineData(CompletionShell.Fish)]
    [InlineData(CompletionShell.PowerShell)]
    public void Every_shell_has_a_script_with_every_option(CompletionShell shell)
    {
        var script = CompletionScript.For(shell, Program.Words);

        Assert.All(
            (string[])["people", "greet", "patience", "dry-run", "output", "kubeconfig"],
            word => Assert.Contains(word, script));
    }

    [Theory]
    [InlineData("", OutputFormat.Text)]
    [InlineData("people -o json", OutputFormat.Json)]
    [InlineData("people --output=json x", OutputFormat.Json)]
    [InlineData("people --output json --output text", OutputFormat.Text)]
    [InlineData("people -- --output json", OutputFormat.Text)]
    [InlineData("people json --output", OutputFormat.Text)]
    public void The_format_is_known_before_the_command_line_is(string args, OutputFormat format) =>
        Assert.Equal(format, CommonOptions.FormatOf(args.Split(' ')));

    [Fact]
    public async Task A_mistake_is_json_where_the_command_line_asks_for_json()
    {
        var program = CommandLineProgram.Of("sample", "A program.", [new GreetVerb()], "  sample greet x", "  0 done");
        program.MistakeAsJson = (code, text) => $"{code} {text}";
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = await program.InvokeAsync(
            ["gret", "-o", "json"], output, error, TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.Equal(
            ("2 verb \"gret\" is unknown; did you mean greet? See sample --help", output + "\n"),
            (output.ToString(), "2 " + error));
    }
}
