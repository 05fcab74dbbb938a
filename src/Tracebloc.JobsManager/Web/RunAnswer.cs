using Microsoft.AspNetCore.Http;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Submissions;
using Tracebloc.Net;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Web;

/// <summary>Outcomes as answers.</summary>
internal static class RunAnswer
{
    private const int MostErrors = 100;

    public static Answer Of(SubmitOutcome outcome, Deadlines deadlines) => outcome switch
    {
        SubmitOutcome.Accepted { Run: var run, IsReplay: false } => JsonAnswer.Of(
            StatusCodes.Status201Created, new SubmittedJson(run.JobName, run.Namespace, Replay: false)),
        SubmitOutcome.Accepted { Run: var run } => JsonAnswer.Of(
            StatusCodes.Status200OK,
            new SubmittedJson(run.JobName, run.Namespace, Replay: true)
            {
                State = RunRow.Word(run.State),
                Error = run.Error,
                DeletedAt = run.DeletedAt,
            }),
        SubmitOutcome.Invalid invalid => Of(invalid),
        SubmitOutcome.Refused refused => Of(refused.Reason, deadlines),
        _ => throw new InvalidOperationException($"{outcome}"),
    };

    public static Answer Of(Refusal refusal, Deadlines deadlines) => refusal.Kind switch
    {
        RefusalKind.Malformed => JsonAnswer.Fault(StatusCodes.Status400BadRequest, refusal.Detail),
        RefusalKind.Forbidden => JsonAnswer.Fault(StatusCodes.Status403Forbidden, refusal.Detail),
        RefusalKind.Unknown => JsonAnswer.Fault(StatusCodes.Status404NotFound, refusal.Detail),
        RefusalKind.Conflict => JsonAnswer.Fault(StatusCodes.Status409Conflict, refusal.Detail),
        _ => JsonAnswer.Unavailable(refusal.Detail, deadlines),
    };

    private static Answer Of(SubmitOutcome.Invalid invalid)
    {
        var count = invalid.Errors.Count == 1 ? "1 error" : $"{invalid.Errors.Count} errors";
        var more = invalid.Errors.Count > MostErrors ? $", of which the first {MostErrors} follow" : "";
        return JsonAnswer.Fault(
            StatusCodes.Status422UnprocessableEntity,
            $"The specification has {count}{more}: {invalid.Errors[0]}",
            [
                .. invalid.Errors.Take(MostErrors).Select(
                    error => new ErrorJson(error.Path, error.Line, Line.Of(error.Message))),
            ]);
    }
}
