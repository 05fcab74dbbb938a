using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>The words of jobs-manager for an answer that is no success.</summary>
/// <param name="Detail">The reason, on one line.</param>
/// <param name="Errors">The faults of the file.</param>
internal sealed record Refusal(string Detail, IReadOnlyList<ConfigurationError> Errors)
{
    /// <param name="answer">The answer.</param>
    /// <param name="file">The file that was submitted, as the user named it.</param>
    public static Refusal Read(HttpAnswer answer, string file) =>
        AnswerText.Read(answer, AnswerContext.Default.RefusalJson) is { Detail: { } detail } refusal
            ? new(detail, [.. (refusal.Errors ?? []).OfType<RefusalErrorJson>().Select(error => Of(error, file))])
            : new(answer.Text.Trim() is { Length: > 0 } text ? Line.Of(text) : "no reason given", []);

    /// <summary>The end of a call that jobs-manager does not take.</summary>
    public SubmittingException Fault(int status, string purpose) => status is >= 300 and < 400
        ? new(
            SubmittingFailure.Rejected,
            $"jobs-manager answered {status}, a redirect, which is not followed; give its own address")
        {
            Status = status,
        }
        : new(
            status is >= 400 and < 500 ? SubmittingFailure.Rejected : SubmittingFailure.Failed,
            $"jobs-manager rejected {purpose} ({status}): {Detail}")
        {
            Status = status,
            Errors = Errors,
        };

    private static ConfigurationError Of(RefusalErrorJson error, string file) =>
        new(file, error.Line ?? 0, error.Path ?? "", error.Message ?? "");
}
