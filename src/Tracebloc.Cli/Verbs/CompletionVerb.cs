using System.CommandLine;
using System.Text.Json.Serialization;
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

    private readonly ScreenArguments _screen = new();
    private readonly Func<ScreenOptions, Screen> _open;
    private readonly Func<WordSyntax> _program;

    public CompletionVerb(Func<ScreenOptions, Screen> open, Func<WordSyntax> program)
        : base("completion", "Prints the script that completes tracebloc's words, options and values in a shell.")
    {
        (_open, _program) = (open, program);
        Add(_shell);
        _screen.AddTo(this);
    }

    public override string Examples =>
        """
          source <(tracebloc completion bash)
          source <(tracebloc completion zsh)
          tracebloc completion fish > ~/.config/fish/completions/tracebloc.fish
          tracebloc completion powershell | Out-String | Invoke-Expression
        """;

    protected override CompletionOptions Parse(ParseResult result) =>
        new(result.GetRequiredValue(_shell), _screen.Of(result));

    public override Task<int> ExecuteAsync(CompletionOptions options, CancellationToken token)
    {
        var (screen, ending) = (_open(options.Screen), Ending.Succeeded);
        var script = CompletionScript.For(options.Shell, _program());
        if (!screen.IsJson) screen.Line(script);
        screen.Result(
            new(ending.Status, ending.ExitCode, script), CompletionJsonContext.Readable.CompletionJson);
        return Task.FromResult(ending.ExitCode);
    }
}

internal sealed record CompletionOptions(CompletionShell Shell, ScreenOptions Screen);

/// <summary>The script, for programs.</summary>
internal sealed record CompletionJson(string Status, int ExitCode, string Script);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(CompletionJson))]
internal sealed partial class CompletionJsonContext : JsonSerializerContext
{
    public static CompletionJsonContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
