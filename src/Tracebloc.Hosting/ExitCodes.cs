namespace Tracebloc.Hosting;

/// <summary>
/// The exit codes of every program of this product, stable and documented. Together they let a Job's status say whether
/// to look at the configuration, the registry, the cluster or the image.
/// </summary>
public static class ExitCodes
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = 0;

    /// <summary>A fault that the program did not foresee.</summary>
    public const int Unexpected = 1;

    /// <summary>The command line or the configuration is wrong; nothing was changed.</summary>
    public const int Usage = 2;

    /// <summary>A registry could not be asked, for longer than is tolerated.</summary>
    public const int Registry = 10;

    /// <summary>The Kubernetes API could not be asked, or refused.</summary>
    public const int Kubernetes = 11;

    /// <summary>A rollout failed; it is tried again.</summary>
    public const int Rollout = 12;

    /// <summary>Frozen: the attempts are spent, or the image is in quarantine, until there is another.</summary>
    public const int Frozen = 13;

    /// <summary>A digest or a chart is not signed as required, and was not applied.</summary>
    public const int Signature = 14;

    /// <summary>Ended by SIGINT: 128 + 2, as shells report it.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM: 128 + 15, as shells report it.</summary>
    public const int Terminated = 143;

    /// <summary>The exit codes as the help lists them.</summary>
    public static string Table =>
        """
          0 done or nothing to do    1 unexpected        2 usage or configuration    10 registry    11 Kubernetes API
          12 rollout failed          13 frozen           14 signature                130/143 ended by SIGINT/SIGTERM
        """;
}
