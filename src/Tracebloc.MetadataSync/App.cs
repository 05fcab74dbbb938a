using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Verbs;

namespace Tracebloc.MetadataSync;

/// <summary>The only file that uses the real clock, environment and streams; it lists the verbs.</summary>
internal static class App
{
    private const string Name = "metadata-sync";

    private const string Examples =
        """
          metadata-sync migrate --plan
          metadata-sync migrate
          metadata-sync run --listen [::]:8080
          metadata-sync status
          metadata-sync verify --kind Model
        """;

    private static TextWriter? Terminal => Console.IsErrorRedirected ? null : Console.Error;

    public static CommandLineProgram CommandLine() => CommandLineProgram.Of(
        Name,
        "Mirrors custom resources into MySQL, takes finished ones out of the cluster, and answers queries.",
        [
            new MigrateVerb(Context),
            new RunVerb(Context),
            new ServeVerb(Context),
            new StatusVerb(Context, Terminal),
            new VerifyVerb(Context, Terminal),
        ],
        Examples,
        MetadataSyncExit.Table);

    private static ProgramContext Context(LogLevel level) => ProgramContext.OfProcess(Name, level);
}
