using System.CommandLine;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc completion</c>: the script that completes words, options and their values.</summary>
internal sealed class CompletionVerb : Verb<CompletionOptions>
{
    private readonly Argument<CompletionShell> _shell = new("SHELL")
    {
        HelpName = "bash|zsh|fish|powershell",
        Description = "The shell that reads the script.",
        CustomParser = result => Parsing.Value(result) switch
        {
            "bash" => CompletionShell.Bash,
            "zsh" => CompletionShell.Zsh,
            "fish" => CompletionShell.Fish,
            "powershell" => CompletionShell.PowerShell,
            var text => Parsing.Reject<CompletionShell>(
                result, $"\"{text}\" is no shell with completion; use bash, zsh, fish or powershell."),
        },
    };

    private readonly Func<ScreenOptions, Screen> _open;
    private readonly Func<WordSyntax> _program;

    public CompletionVerb(Func<ScreenOptions, Screen> open, Func<WordSyntax> program)
        : base("completion", "Prints the script that completes tracebloc's words, options and values in a shell.")
    {
        (_open, _program) = (open, program);
        Add(_shell);
    }

    public override string Examples =>
        """
          source <(tracebloc completion bash)
          source <(tracebloc completion zsh)
          tracebloc completion fish > ~/.config/fish/completions/tracebloc.fish
          tracebloc completion powershell | Out-String | Invoke-Expression
        """;

    protected override CompletionOptions Parse(ParseResult result) => new(result.GetRequiredValue(_shell));

    public override Task<int> ExecuteAsync(CompletionOptions options, CancellationToken token)
    {
        _open(new()).Line(CompletionScript.For(options.Shell, _program()));
        return Task.FromResult(CliExit.Done);
    }
}

internal sealed record CompletionOptions(CompletionShell Shell);
