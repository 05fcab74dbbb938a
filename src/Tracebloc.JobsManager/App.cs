using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Verbs;

namespace Tracebloc.JobsManager;

/// <summary>The only file that uses the real clock, environment and streams; it lists the verbs.</summary>
internal static class App
{
    private const string Name = "jobs-manager";

    private const string Examples =
        """
          jobs-manager serve
          jobs-manager proxy
        """;

    public static CommandLineProgram CommandLine() => CommandLineProgram.Of(
        Name,
        "Accepts data sets and runs their Jobs; as proxy, passes the calls of those Jobs on to the central backend.",
        [
            new ServeVerb(Context, Environment.GetEnvironmentVariable),
            new ProxyVerb(Context, Environment.GetEnvironmentVariable),
        ],
        Examples,
        JobsManagerExit.Table);

    internal static ProgramContext Context(LogLevel level) => ProgramContext.OfProcess(Name, level);
}
