using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tracebloc.Net;

namespace Tracebloc.Web;

/// <summary>
/// Answers every request within the deadline and always in the same form; a service that is away is 503 with a wait.
/// </summary>
/// <param name="routes">Every other path is 404, every other method 405.</param>
/// <param name="counters">Counts the answers.</param>
/// <param name="rules">The deadline and the form of faults.</param>
/// <param name="time">The clock of the deadline.</param>
/// <param name="logger">Receives faults and absences.</param>
public sealed partial class RequestHandler(
    RouteTable routes, RequestCounters counters, HandlerRules rules, TimeProvider time, ILogger logger)
{
    private const string Unrouted = "other";

    /// <summary>Answers a request.</summary>
    /// <param name="http">The request and its response.</param>
    /// <param name="gone">Cancelled when the client is gone.</param>
    public async Task HandleAsync(HttpContext http, CancellationToken gone)
    {
        ArgumentNullException.ThrowIfNull(http);
        var found = routes.Find(http.Request.Method, http.Request.Path.Value ?? "");
        using var deadline = new Deadline(rules.Deadline, time, gone);
        try
        {
            var answer = found.Route is { } route
                ? await AnswerAsync(route, new Call(http.Request, found.Variables), deadline, deadline.Token)
                : Unknown(found.Methods);
            counters.Add(found.Route?.Name ?? Unrouted, answer.Status);
            await answer.WriteAsync(http.Response, gone);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            http.Abort(); // The client is gone, or too slow to take its answer.
        }
    }

    private async Task<Answer> AnswerAsync(Route route, Call call, Deadline deadline, CancellationToken token)
    {
        try
        {
            return await route.AnswerAsync(call, token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return Away(route, $"The request took longer than {rules.Deadline.TotalSeconds:0} s", "no answer in time");
        }
        catch (BadHttpRequestException malformed)
        {
            return rules.Form(new WebFault(malformed.StatusCode, Line.Of(malformed.Message)));
        }
        catch (Exception away) when (rules.Absence(away) is { } detail)
        {
            return Away(route, detail, away.Message);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or IOException or OutOfMemoryException))
        {
            LogFault(logger, route.Name, fault);
            return rules.Form(new WebFault(
                StatusCodes.Status500InternalServerError, $"Unexpected fault; the log of {rules.Program} has it"));
        }
    }

    private Answer Away(Route route, string detail, string cause)
    {
        LogAway(logger, route.Name, cause);
        return rules.Form(WebFault.Unavailable($"{detail}; ask again later", rules.RetryAfter));
    }

    private Answer Unknown(IReadOnlyList<string> methods)
    {
        if (methods.Count == 0) return rules.Form(new WebFault(StatusCodes.Status404NotFound, rules.UnknownPath));
        var allowed = string.Join(", ", methods);
        var fault = new WebFault(StatusCodes.Status405MethodNotAllowed, $"This path has {allowed} only");
        return rules.Form(fault) with { Allow = allowed };
    }

    [LoggerMessage(770, LogLevel.Warning, "{Route} cannot be answered: {Cause}")]
    private static partial void LogAway(ILogger logger, string route, string cause);

    [LoggerMessage(771, LogLevel.Error, "{Route} failed unexpectedly")]
    private static partial void LogFault(ILogger logger, string route, Exception fault);
}
