using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor undo</c>: for a run whose Job will not start again, by the same environment.</summary>
internal sealed class UndoVerb(Func<LogLevel, ProgramContext> context, Func<string, string?> variable)
    : Verb<RunOptions>("undo", "Takes an unregistered run back: rows, table and files. The environment is that of run.")
{
    public override string Examples =>
        """
          TRACEBLOC_INGEST_CORRELATION_ID=run-7 INGEST_CONFIG=ingest.yaml MYSQL_HOST=127.0.0.1 ... ingestor undo
        """;

    protected override RunOptions Parse(ParseResult result) => new();

    public override async Task<int> ExecuteAsync(RunOptions options, CancellationToken token)
    {
        var settings = EnvironmentSettings.Read(variable);
        var program = context(settings.LogLevel);
        return await Ending.OfAsync(
            program.Logger, stop => RunStart.UndoAsync(RunSetups.Of(settings, program), program.Out, stop), token);
    }
}
