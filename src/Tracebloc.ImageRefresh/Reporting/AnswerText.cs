using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Reporting;

internal static class AnswerText
{
    /// <summary>Why there is no digest, or what the registry remarked although there is one.</summary>
    public static string? Remark(this Answer answer) =>
        answer.Message ?? (answer.Warnings is [var warning, ..] ? warning : null);
}
