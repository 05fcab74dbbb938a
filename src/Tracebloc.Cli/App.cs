using Microsoft.Extensions.Logging;
using Tracebloc.Cli.Verbs;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.Cli;

/// <summary>The only file that uses the real clock, environment and streams; it lists the words.</summary>
internal static class App
{
    private const string Name = "tracebloc";

    private const string Examples =
        """
          tracebloc cluster info
          tracebloc doctor
          tracebloc login
        """;

    public static CommandLineProgram CommandLine() => CommandLineProgram.Of(
        Name,
        "Brings local data sets into the cluster, and shows what is there.",
        [
            new VerbGroup(
                "cluster",
                "Shows what the cluster has.",
                "  tracebloc cluster info",
                new ClusterInfoVerb(Context)),
            new DoctorVerb(Context),
            new LoginVerb(Context),
        ],
        Examples,
        CliExit.Table);

    private static ProgramContext Context(LogLevel level) => ProgramContext.OfProcess(Name, level);
}
