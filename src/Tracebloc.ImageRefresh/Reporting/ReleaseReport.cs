using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Reporting;

/// <summary>The report of <c>image-refresh release</c>, a line for each digest.</summary>
internal static class ReleaseReport
{
    public static string Write(TrackedImage image, IReadOnlyList<QuarantineEntry> released) => released.Count == 0
        ? $"{image.Name}: nothing is quarantined on {image.Workload}"
            + (image.Gates.Verify is null ? "\n" : "; the next run looks up refused signatures again\n")
        : string.Concat(released.Select(entry =>
            $"{image.Name}: released {entry.Digest} on {image.Workload}, "
            + $"quarantined since {RefreshAnnotations.Time(entry.At)}: {Line.Whole(entry.Reason)}\n"))
            + "The next run rolls it out again where the registry still serves it.\n";
}
