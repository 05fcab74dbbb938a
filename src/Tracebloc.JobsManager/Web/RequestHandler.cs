using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Web;

/// <summary>
/// Answers every request within the deadline and always in the same form: a fault is <c>{"detail": …}</c>, and a
/// service that is away is 503 with a wait.
/// </summary>
internal sealed partial class RequestHandler(
    RouteTable routes, RequestCounters counters, Deadlines deadlines, TimeProvider time, ILogger logger)
{
    /// <param name="http">The request and its response.</param>
    /// <param name="gone">Cancelled when the client is gone.</param>
    public async Task HandleAsync(HttpContext http, CancellationToken gone)
    {
        var (route, key) = routes.Find(http.Request.Method, http.Request.Path.Value ?? "");
        using var deadline = new Deadline(deadlines.Request, time, gone);
        try
        {
            var answer = await AnswerAsync(route, new Call(http.Request, key), deadline, deadline.Token);
            counters.Add(route.Name.Trim(), answer.Status);
            await answer.WriteAsync(http.Response, gone);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            http.Abort(); // The client is gone, or too slow to take its answer.
        }
    }

    private async Task<Answer> AnswerAsync(
        Route route, Call call, Deadline deadline, CancellationToken token)
    {
        try
        {
            return await route.AnswerAsync(call, token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return Away($"The request took longer than {deadlines.Request.TotalSeconds:0} s", "no answer in time");
        }
        catch (BadHttpRequestException malformed)
        {
            return Answer.Fault(malformed.StatusCode, Line.Of(malformed.Message));
        }
        catch (DatabaseException away)
        {
            return Away("The database gives no answer", away.Message);
        }
        catch (KubernetesException away)
        {
            return Away("The API server gives no answer", away.Message);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or IOException or OutOfMemoryException))
        {
            LogFault(logger, route.Name, fault);
            return Answer.Fault(
                StatusCodes.Status500InternalServerError, "Unexpected fault; the log of jobs-manager has it");
        }

        Answer Away(string detail, string cause)
        {
            LogAway(logger, route.Name, cause);
            return Unavailable($"{detail}; ask again later", deadlines);
        }
    }

    /// <summary>The answer while a service is away.</summary>
    public static Answer Unavailable(string detail, Deadlines deadlines) =>
        Answer.Fault(StatusCodes.Status503ServiceUnavailable, detail) with { RetryAfter = deadlines.RetryAfter };

    [LoggerMessage(770, LogLevel.Warning, "{Route} cannot be answered: {Cause}")]
    private static partial void LogAway(ILogger logger, string route, string cause);

    [LoggerMessage(771, LogLevel.Error, "{Route} failed unexpectedly")]
    private static partial void LogFault(ILogger logger, string route, Exception fault);
}
