using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Forwarding;
using Tracebloc.JobsManager.Settings;

namespace Tracebloc.JobsManager.Verbs;

/// <summary><c>jobs-manager proxy</c>: everything comes from the environment of its container.</summary>
internal sealed class ProxyVerb(Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
    : Verb<ProxyOptions>(
        "proxy", "Passes the calls of runs on to the central backend, each for its own table; it has no options.")
{
    public override string Examples =>
        """
          CLIENT_ID=client CLIENT_PASSWORD=secret POD_TOKEN_SIGNING_SECRET=of-32-bytes-or-more jobs-manager proxy
        """;

    protected override ProxyOptions Parse(ParseResult result) => new();

    public override async Task<int> ExecuteAsync(ProxyOptions options, CancellationToken token)
    {
        var settings = ForwardSettingsReader.Read(variable);
        await using var server = await ForwardServer.StartAsync(
            settings, new Deadlines(), context(settings.LogLevel), token);
        await server.ServeUntilAsync(token);
        return ExitCodes.Done;
    }
}

/// <summary>No options: all comes from the environment.</summary>
internal sealed record ProxyOptions;
