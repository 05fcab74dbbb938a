using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.Cli.Verbs;

/// <summary>Says how authentication works: there is nothing to log in to.</summary>
internal sealed class LoginVerb(Func<LogLevel, ProgramContext> open)
    : Verb<LoginOptions>("login", "Says how tracebloc authenticates; nothing is to be done.")
{
    private const string Text =
        """
        Nothing is to be done: tracebloc uses the kubeconfig that kubectl uses.
        To submit a run it asks the cluster for a token of the ingestor's service account, which lives for an hour.
        "tracebloc cluster info" shows the cluster, the account and the token's expiry.

        """;

    public override string Examples => "  tracebloc login";

    protected override LoginOptions Parse(ParseResult result) => new();

    public override Task<int> ExecuteAsync(LoginOptions options, CancellationToken token)
    {
        open(LogLevel.Information).Out.Write(Text);
        return Task.FromResult(CliExit.Done);
    }
}

internal sealed record LoginOptions;
