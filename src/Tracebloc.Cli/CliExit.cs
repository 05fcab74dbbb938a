using Tracebloc.Hosting;

namespace Tracebloc.Cli;

/// <summary>The exit codes of tracebloc. They are part of its interface: scripts of users branch on them.</summary>
internal static class CliExit
{
    /// <summary>Done, a dry run, detached as asked, or declined at a prompt.</summary>
    public const int Done = ExitCodes.Done;

    /// <summary>A fault that the program did not foresee.</summary>
    public const int Unexpected = ExitCodes.Unexpected;

    /// <summary>The command line, or the description of the data set, is wrong.</summary>
    public const int Usage = ExitCodes.Usage;

    /// <summary>Something on this machine is wrong: the kubeconfig, a path, the layout, the data.</summary>
    public const int Local = 3;

    /// <summary>The cluster answers, but has no release, or no volume that can be used.</summary>
    public const int NoRelease = 4;

    /// <summary>No token, or it was refused; for delete: there is no such data set.</summary>
    public const int NotPermitted = 5;

    /// <summary>The table exists already.</summary>
    public const int TableExists = 6;

    /// <summary>The data could not be staged, listed or removed.</summary>
    public const int Staging = 7;

    /// <summary>jobs-manager could not be reached, or rejected the run.</summary>
    public const int Submission = 8;

    /// <summary>The run failed, or its end is unknown.</summary>
    public const int Run = 9;

    /// <summary>The exit codes as the help lists them.</summary>
    public static string Table =>
        """
          0 done, or detached as asked    1 unexpected        2 usage or description    3 this machine or the data
          4 no release or volume          5 not permitted     6 the table exists        7 staging
          8 submission                    9 the run failed    130/143 ended by SIGINT/SIGTERM
        """;
}
