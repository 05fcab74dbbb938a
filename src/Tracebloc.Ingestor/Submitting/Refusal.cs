using System.Text.Json;
using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>The words of jobs-manager for an answer that is no success.</summary>
/// <param name="Detail">The reason, on one line.</param>
/// <param name="Errors">The faults of the file.</param>
internal sealed record Refusal(string Detail, IReadOnlyList<ConfigurationError> Errors)
{
    /// <param name="answer">The answer.</param>
    /// <param name="file">The file that was submitted, as the user named it.</param>
    public static Refusal Read(HttpAnswer answer, string file) => Parse(answer.Text) is { Detail: { } detail } refusal
        ? new(detail, [.. (refusal.Errors ?? []).OfType<RefusalErrorJson>().Select(error => Of(error, file))])
        : new(answer.Text.Trim() is { Length: > 0 } text ? Line.Of(text) : "no reason given", []);

    /// <summary>The end of a submission that jobs-manager does not take.</summary>
    public IngestorException Fault(int status) => status is >= 300 and < 400
        ? new(
            IngestorExit.Rejected,
            $"jobs-manager answered {status}, a redirect, which is not followed; give its own address with --to")
        : new(
            status is >= 400 and < 500 ? IngestorExit.Rejected : IngestorExit.Failed,
            $"jobs-manager rejected the run ({status}): {Detail}")
        {
            Errors = Errors,
        };

    private static ConfigurationError Of(RefusalErrorJson error, string file) =>
        new(file, error.Line ?? 0, error.Path ?? "", error.Message ?? "");

    private static RefusalJson? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, AnswerContext.Default.RefusalJson);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
