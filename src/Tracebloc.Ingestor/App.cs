using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Verbs;

namespace Tracebloc.Ingestor;

/// <summary>The only file that uses the real clock, environment and streams; it lists the verbs.</summary>
internal static class App
{
    private const string Name = "ingestor";

    private const string Examples =
        """
          ingestor validate ingest.yaml
          ingestor submit ingest.yaml --wait
          ingestor run
        """;

    public static CommandLineProgram CommandLine() => CommandLineProgram.Of(
        Name,
        "Validates a described data set and loads it into MySQL.",
        [
            new RunVerb(Context, Environment.GetEnvironmentVariable),
            new ValidateVerb(Context),
            new SubmitVerb(Context),
            new UndoVerb(Context, Environment.GetEnvironmentVariable),
            new DeleteVerb(Context, Environment.GetEnvironmentVariable),
            new StageVerb(
                Context, () => new StagingStreams(Console.OpenStandardInput(), Console.OpenStandardOutput())),
        ],
        Examples,
        IngestorExit.Table);

    private static ProgramContext Context(LogLevel level) => ProgramContext.OfProcess(Name, level);
}
