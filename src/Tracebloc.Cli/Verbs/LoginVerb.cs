using System.CommandLine;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;

namespace Tracebloc.Cli.Verbs;

/// <summary>Explains how authentication works: there is nothing to log in to.</summary>
internal sealed class LoginVerb : Verb<LoginOptions>
{
    private const string Text =
        """
        Nothing is to be done: tracebloc uses the kubeconfig that kubectl uses.
        To submit a run it asks the cluster for a token of the ingestor's service account, which lives for an hour.
        "tracebloc cluster info" shows the cluster, the account and the token's expiry.
        """;

    private readonly ScreenArguments _screen = new();
    private readonly Func<ScreenOptions, Screen> _open;

    public LoginVerb(Func<ScreenOptions, Screen> open)
        : base("login", "Explains how tracebloc authenticates; there is nothing to log in to.")
    {
        _open = open;
        _screen.AddTo(this);
    }

    public override string Examples =>
        """
          tracebloc login

        To use another cluster, name its kubeconfig or context: tracebloc cluster info --context edge-7
        """;

    protected override LoginOptions Parse(ParseResult result) => new(_screen.Of(result));

    public override Task<int> ExecuteAsync(LoginOptions options, CancellationToken token)
    {
        var screen = _open(options.Screen);
        screen.Line(Text);
        screen.Result(
            new(Ending.Succeeded.Status, Ending.Succeeded.ExitCode, null), EndingJsonContext.Readable.EndingJson);
        return Task.FromResult(Ending.Succeeded.ExitCode);
    }
}

internal sealed record LoginOptions(ScreenOptions Screen);
