using Tracebloc.Hosting;

namespace Tracebloc.Ingestor;

/// <summary>
/// The exit codes of the ingestor, those of upstream's: a Job's status separates a wrong specification, wrong data and
/// an unreachable database.
/// </summary>
internal static class IngestorExit
{
    /// <summary>Loaded and registered, by this run or by an earlier one with its key; or valid, or submitted.</summary>
    public const int Done = ExitCodes.Done;

    /// <summary>The data is invalid, or loading, files or registration failed, or an unforeseen fault.</summary>
    public const int Failed = ExitCodes.Unexpected;

    /// <summary>The command line, the environment or the specification is wrong; nothing was changed.</summary>
    public const int Usage = ExitCodes.Usage;

    /// <summary>jobs-manager rejected the submission: account, key or file.</summary>
    public const int Rejected = 3;

    /// <summary>jobs-manager, or the API server, did not answer in time.</summary>
    public const int Unreachable = 4;

    /// <summary>MYSQL_HOST is not set.</summary>
    public const int NoDatabaseHost = 64;

    /// <summary>The database did not answer in time.</summary>
    public const int NoDatabase = 65;

    /// <summary>The exit codes as the help lists them.</summary>
    public static string Table =>
        """
          0 loaded and registered, valid, or submitted    1 invalid data, or loading or registration failed
          2 usage, environment or specification           3 rejected by jobs-manager
          4 jobs-manager unreachable                      64 MYSQL_HOST is not set    65 database unreachable
          130/143 ended by SIGINT/SIGTERM
        """;
}
