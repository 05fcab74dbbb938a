using Microsoft.Extensions.Logging;
using Tracebloc.ChartUpgrade.Verbs;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;

namespace Tracebloc.ChartUpgrade;

/// <summary>The only file that uses the real clock, environment and streams.</summary>
internal static class App
{
    public const string Name = "chart-upgrade";

    public static CommandLineProgram CommandLine() =>
        CommandLineProgram.Of(new UpgradeVerb(Context), ExitCodes.Table);

    private static ProgramContext Context(LogLevel level) => ProgramContext.OfProcess(Name, level);
}
