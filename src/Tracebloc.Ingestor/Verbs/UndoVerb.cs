using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Running;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor undo</c>: for a run whose Job will not start again, by the same environment.</summary>
internal sealed class UndoVerb(Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
    : EnvironmentVerb(
        "undo", "Takes an unregistered run back: rows, table and files. The environment is that of run.",
        context, variable)
{
    public override string Examples =>
        """
          TRACEBLOC_INGEST_CORRELATION_ID=run-7 INGEST_CONFIG=ingest.yaml MYSQL_HOST=127.0.0.1 ... ingestor undo
        """;

    protected override Task WorkAsync(
        RunSetup setup, RunState state, ResultWriter output, CancellationToken token) =>
        RunStart.UndoAsync(setup, state, output, token);
}
