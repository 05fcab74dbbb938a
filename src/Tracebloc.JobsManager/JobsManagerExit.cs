using Tracebloc.Hosting;

namespace Tracebloc.JobsManager;

/// <summary>The exit codes of jobs-manager.</summary>
internal static class JobsManagerExit
{
    /// <summary>An unforeseen fault, or an address that cannot be listened on.</summary>
    public const int Failed = ExitCodes.Unexpected;

    /// <summary>The command line or the environment is wrong.</summary>
    public const int Usage = ExitCodes.Usage;

    /// <summary>The exit codes as the help lists them.</summary>
    public static string Table =>
        """
          1 unexpected, or the address is in use    2 usage or environment    130/143 ended by SIGINT/SIGTERM
        """;
}
