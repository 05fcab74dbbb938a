using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Reporting;

internal static class ResolutionText
{
    /// <summary>Why there is no digest, or what the registry remarked although there is one.</summary>
    public static string? Remark(this Resolution resolution) =>
        resolution.Message ?? (resolution.Warnings is [var warning, ..] ? warning : null);
}
