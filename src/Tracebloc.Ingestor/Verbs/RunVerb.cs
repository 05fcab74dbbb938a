using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Running;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor run</c>: everything comes from the environment of its Job.</summary>
internal sealed class RunVerb(Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
    : EnvironmentVerb(
        "run", "Validates, loads and registers the data set of $INGEST_CONFIG; it has no options.", context, variable)
{
    public override string Examples =>
        """
          INGEST_CONFIG=ingest.yaml MYSQL_HOST=127.0.0.1 DB_USER=root DB_PASSWORD=secret CLIENT_ENV=local ingestor run
        """;

    protected override Task WorkAsync(
        RunSetup setup, RunState state, ResultWriter output, CancellationToken token) =>
        RunStart.RunAsync(setup, state, output, token);
}
