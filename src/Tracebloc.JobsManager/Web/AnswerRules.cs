using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Web;

/// <summary>The rules of this program for all of its answers.</summary>
internal static class AnswerRules
{
    public static HandlerRules Of(Deadlines deadlines) => new()
    {
        Program = "jobs-manager",
        Deadline = deadlines.Request,
        RetryAfter = deadlines.RetryAfter,
        Form = JsonAnswer.Fault,
        UnknownPath = "There is no such path; see docs/protocol.md for those there are",
        Absence = away => away switch
        {
            DatabaseException => "The database gives no answer",
            KubernetesException => "The API server gives no answer",
            _ => null,
        },
    };
}
