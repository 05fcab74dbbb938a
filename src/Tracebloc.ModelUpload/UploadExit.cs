using Tracebloc.Hosting;

namespace Tracebloc.ModelUpload;

/// <summary>The exit codes of model-upload.</summary>
internal static class UploadExit
{
    /// <summary>Moved and registered, by this run or by an earlier one; or planned, or verified.</summary>
    public const int Done = ExitCodes.Done;

    /// <summary>An unforeseen fault.</summary>
    public const int Failed = ExitCodes.Unexpected;

    /// <summary>An option, a credential file or the metadata is wrong; nothing was changed.</summary>
    public const int Usage = ExitCodes.Usage;

    /// <summary>The source did not deliver the model.</summary>
    public const int Source = 10;

    /// <summary>The destination did not take the model.</summary>
    public const int Destination = 11;

    /// <summary>The Model Registry refused or did not answer.</summary>
    public const int Registry = 12;

    /// <summary>A signature could not be made, or does not verify.</summary>
    public const int Signature = ExitCodes.Signature;

    /// <summary>The exit codes as the help lists them.</summary>
    public static string Table =>
        """
          0 moved, signed and registered    1 unexpected        2 options, credentials or metadata
          10 source                         11 destination      12 Model Registry
          14 signature                      130/143 ended by SIGINT/SIGTERM
        """;
}
