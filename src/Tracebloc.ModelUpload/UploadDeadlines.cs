namespace Tracebloc.ModelUpload;

/// <summary>The deadlines of a run; those of single calls stand beside their clients.</summary>
internal static class UploadDeadlines
{
    /// <summary>The checks before the first byte, the listing of the source included.</summary>
    public static readonly TimeSpan Checks = TimeSpan.FromMinutes(10);

    /// <summary>A pod has 30 s between SIGTERM and SIGKILL by default.</summary>
    public static readonly TimeSpan Undo = TimeSpan.FromSeconds(20);

    /// <summary>The publication after the last byte: manifests, renames, signatures.</summary>
    public static readonly TimeSpan Publication = TimeSpan.FromMinutes(10);
}
