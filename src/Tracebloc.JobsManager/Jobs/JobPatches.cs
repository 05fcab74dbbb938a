using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The changes of Jobs.</summary>
internal static class JobPatches
{
    /// <summary>The Job fails: no further pod is made, and one that runs is ended.</summary>
    /// <remarks>
    /// Kubernetes 1.20 compares the number of failures only when one is new, and the deadline always.
    /// </remarks>
    public static V1Patch Stop { get; } =
        V1Patch.Merge("""{"spec":{"backoffLimit":0,"activeDeadlineSeconds":1}}"""u8.ToArray());
}
