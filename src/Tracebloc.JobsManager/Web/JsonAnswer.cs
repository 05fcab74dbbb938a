using Tracebloc.CommandLine;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Web;

/// <summary>Answers of this program: a fault is <c>{"detail": …}</c>.</summary>
internal static class JsonAnswer
{
    // Callers print the text of an answer: quotes and dashes stay what they are.
    private static readonly AnswerContext Values = new(JsonText.Readable(AnswerContext.Default.Options));
    private static readonly FaultContext Faults = new(JsonText.Readable(FaultContext.Default.Options));

    public static Answer Of(int status, SubmittedJson value) => Answer.Json(status, value, Values.SubmittedJson);

    public static Answer Of(int status, RunJson value) => Answer.Json(status, value, Values.RunJson);

    public static Answer Of(int status, RunsJson value) => Answer.Json(status, value, Values.RunsJson);

    public static Answer Of(int status, DatasetJson value) => Answer.Json(status, value, Values.DatasetJson);

    public static Answer Of(int status, DatasetsJson value) => Answer.Json(status, value, Values.DatasetsJson);

    public static Answer Of(int status, DeletionJson value) => Answer.Json(status, value, Values.DeletionJson);

    public static Answer Of(int status, LossJson value) => Answer.Json(status, value, Values.LossJson);

    public static Answer Of(int status, VersionJson value) => Answer.Json(status, value, Values.VersionJson);

    public static Answer Of(int status, StatusJson value) => Answer.Json(status, value, Values.StatusJson);

    /// <summary>A failure with its reason.</summary>
    public static Answer Fault(int status, string detail, IReadOnlyList<ErrorJson>? errors = null) =>
        Answer.Json(status, new FaultJson(detail) { Errors = errors }, Faults.FaultJson);

    /// <summary>A failure of the server.</summary>
    public static Answer Fault(WebFault fault) =>
        Fault(fault.Status, fault.Detail) with { RetryAfter = fault.RetryAfter };

    /// <summary>The answer while a service is away.</summary>
    public static Answer Unavailable(string detail, Deadlines deadlines) =>
        Fault(WebFault.Unavailable(detail, deadlines.RetryAfter));
}
