using Tracebloc.Hosting;

namespace Tracebloc.MetadataSync;

/// <summary>The exit codes of metadata-sync.</summary>
internal static class MetadataSyncExit
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = ExitCodes.Done;

    /// <summary>An unforeseen fault, or differences between the cluster and the database.</summary>
    public const int Failed = ExitCodes.Unexpected;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = ExitCodes.Usage;

    /// <summary>The Kubernetes API could not be asked, or refused.</summary>
    public const int Kubernetes = ExitCodes.Kubernetes;

    /// <summary>The database could not be reached, or refused.</summary>
    public const int Database = 12;

    /// <summary>The exit codes as the help lists them.</summary>
    public static string Table =>
        """
          0 done or nothing to do    1 unexpected, or differences    2 usage or configuration    11 Kubernetes API
          12 database                130/143 ended by SIGINT/SIGTERM
        """;
}
