using System.Net;
using Tracebloc.CommandLine;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Faults as Kubernetes answers them.</summary>
internal static class StatusAnswer
{
    // Messages quote what the caller wrote.
    private static readonly QueryJson Readable = new(JsonText.Readable(QueryJson.Default.Options));

    /// <summary>A fault of the server.</summary>
    public static Answer Of(WebFault fault)
    {
        var subject = fault.RetryAfter is { } wait
            ? new StatusSubject { RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds) }
            : null;
        return Of(fault.Status, ReasonOf(fault.Status), fault.Detail, subject) with { RetryAfter = fault.RetryAfter };
    }

    public static Answer Of(QueryException rejected) =>
        Of(rejected.Code, rejected.Reason, rejected.Message, rejected.Subject);

    private static Answer Of(int code, string reason, string message, StatusSubject? subject) => Answer.Json(
        code,
        new StatusJson { Status = "Failure", Message = message, Reason = reason, Details = subject, Code = code },
        Readable.StatusJson);

    private static string ReasonOf(int code) => (HttpStatusCode)code switch
    {
        HttpStatusCode.BadRequest => "BadRequest",
        HttpStatusCode.Unauthorized => "Unauthorized",
        HttpStatusCode.NotFound => "NotFound",
        HttpStatusCode.MethodNotAllowed => "MethodNotAllowed",
        HttpStatusCode.RequestEntityTooLarge => "RequestEntityTooLarge",
        HttpStatusCode.ServiceUnavailable => "ServiceUnavailable",
        HttpStatusCode.InternalServerError => "InternalError",
        _ => "",
    };
}
