using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.ChartUpgrade;

/// <summary>The only file that uses the real clock, environment and streams.</summary>
internal static class App
{
    public const string Name = "chart-upgrade";

    private const string ExitCodeTable =
        """
          0 done or nothing to do    1 unexpected        2 usage or configuration    10 registry    11 Kubernetes API
          12 rollout failed          13 frozen           14 signature                130/143 ended by SIGINT/SIGTERM
        """;

    public static CommandLineProgram CommandLine() =>
        CommandLineProgram.Of(new UpgradeVerb(Context), ExitCodeTable);

    private static ProgramContext Context(LogLevel level) => ProgramContext.OfProcess(Name, level);
}
