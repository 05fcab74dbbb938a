using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Processes;

namespace Tracebloc.ChartUpgrade;

/// <summary>The exit codes of exceptions that end the program.</summary>
internal static class Fault
{
    public static int ExitCodeOf(Exception exception) => exception switch
    {
        ConfigurationException or ProgramStartException => ExitCodes.Usage,
        _ => ExitCodes.Unexpected,
    };
}
