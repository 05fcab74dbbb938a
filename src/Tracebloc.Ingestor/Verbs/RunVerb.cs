using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor run</c>: everything comes from the environment of its Job.</summary>
internal sealed class RunVerb(Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
    : Verb<RunOptions>("run", "Validates, loads and registers the data set of $INGEST_CONFIG; it has no options.")
{
    public override string Examples =>
        """
          INGEST_CONFIG=ingest.yaml MYSQL_HOST=127.0.0.1 DB_USER=root DB_PASSWORD=secret CLIENT_ENV=local ingestor run
        """;

    protected override RunOptions Parse(ParseResult result) => new();

    public override async Task<int> ExecuteAsync(RunOptions options, CancellationToken token)
    {
        var settings = EnvironmentSettings.Read(variable);
        var program = context(settings.LogLevel);
        return await Ending.OfAsync(
            program.Logger, stop => RunStart.RunAsync(RunSetups.Of(settings, program), program.Out, stop), token);
    }
}

/// <summary>No options: all comes from the environment.</summary>
internal sealed record RunOptions;
