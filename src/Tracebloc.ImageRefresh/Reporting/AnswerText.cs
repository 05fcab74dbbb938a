using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Reporting;

internal static class AnswerText
{
    /// <summary>The reason why there is no digest, or the warnings beside one.</summary>
    public static string? Remark(this Answer answer) =>
        answer.Message ?? (answer.Warnings is [var warning, ..] ? warning : null);
}
