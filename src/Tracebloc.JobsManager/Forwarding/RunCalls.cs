using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Tokens;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>The calls of runs: who may make which, and a line in the log for each.</summary>
internal sealed partial class RunCalls(ForwardParts parts, RunToken tokens, TimeProvider time, ILogger logger)
{
    private const int MostUnread = 1024 * 1024, LongestMethod = 16;

    private readonly RunGate _gate = new();

    /// <summary>Answers a call, or refuses it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">Its target as it was sent.</param>
    /// <param name="token">Cancelled when the client is gone.</param>
    public async Task ServeAsync(HttpContext context, string target, CancellationToken token)
    {
        var started = time.GetTimestamp();
        var claims = RequestRules.TokenOf(context.Request) is { } text ? tokens.Check(text) : null;
        var call = await AnswerAsync(context, target, claims, token);
        var elapsed = time.GetElapsedTime(started);
        var (name, status) = (call?.Name ?? "none", context.Response.StatusCode);
        parts.Metrics.Add(name, status, elapsed);
        LogCall(
            logger,
            Line.Of(context.Request.Method, LongestMethod),
            name,
            claims?.Table ?? "no table",
            claims?.Key ?? "unknown",
            status,
            (long)elapsed.TotalMilliseconds);
    }

    private async Task<CentralCall?> AnswerAsync(
        HttpContext context, string target, RunClaims? claims, CancellationToken token)
    {
        if (claims is null)
        {
            await RefuseAsync(
                context, new(401, "the run's token is missing, forged or expired; submit the run again"), token);
            return null;
        }

        var (call, refusal) = AllowedCalls.Find(context.Request.Method, target, claims);
        refusal ??= call is null ? null : RequestRules.Refusal(call, context.Request);
        if (call is null || refusal is not null)
        {
            await RefuseAsync(context, refusal ?? new(404, "there is no such call"), token);
            return call;
        }

        BoundBody(context, call.MostBytes);
        if (call == CentralCall.Login) await RenewAsync(context, claims, token);
        else await PassAsync(context, (target, call), claims, token);
        return call;
    }

    private Task RenewAsync(HttpContext context, RunClaims claims, CancellationToken token)
    {
        var renewed = tokens.Mint(tokens.Renewed(claims, parts.Settings.TokenLife));
        return DetailAnswer.WriteAsync(context.Response, 200, ("token", renewed.Reveal()), token);
    }

    private async Task PassAsync(
        HttpContext context, (string Target, CentralCall Call) request, RunClaims claims, CancellationToken token)
    {
        if (!_gate.TryEnter(claims.Key))
        {
            await RefuseAsync(context, new(429, $"run {claims.Key} has more than {RunGate.Most} calls under way")
            {
                RetryAfter = parts.Deadlines.RetryAfter,
            }, token);
            return;
        }

        try
        {
            using var body = BodyShape.Of(request.Call, claims) is { } shape
                ? new CheckedBody(context.Request.Body, shape, context.Request.ContentLength)
                : null;
            await PassAsync(context, request, body, token);
        }
        finally
        {
            _gate.Leave(claims.Key);
        }
    }

    private async Task PassAsync(
        HttpContext context, (string Target, CentralCall Call) request, CheckedBody? body, CancellationToken token)
    {
        using var deadline = new Deadline(parts.Deadlines.BackendCall, time, token);
        try
        {
            if (body is not null && await FillAsync(body, deadline, deadline.Token) is { } refusal)
            {
                await RefuseAsync(context, refusal, token);
                return;
            }

            using var answer = await parts.Forwarder.SendAsync(
                context.Request, request.Target, request.Call, body, deadline.Token);
            if (answer.Refusal is not null) await RefuseAsync(context, answer.Refusal, token);
            else await answer.WriteAsync(context.Response, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed && !context.Response.HasStarted)
        {
            await RefuseAsync(
                context, new(504, $"no answer within {parts.Deadlines.BackendCall.TotalSeconds:0} s"), token);
        }
        catch (Exception cut) when (cut is OperationCanceledException or IOException or HttpRequestException)
        {
            // Half an answer must not look like a whole one.
            LogCut(logger, request.Call.Name, Line.Of(cut.Message));
            context.Abort();
        }
    }

    private static void BoundBody(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytes;
    }

    private static async Task<Refusal?> FillAsync(CheckedBody body, Deadline deadline, CancellationToken token)
    {
        try
        {
            await body.FillAsync(token);
            return body.Refusal;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new(408, "the body did not arrive in time");
        }
    }

    // Kestrel reads the rest of a small body, so that its sender sees the answer; a connection with the rest of a large
    // one, or one of doubtful length, is closed.
    private static Task RefuseAsync(HttpContext context, Refusal refusal, CancellationToken token)
    {
        // A body that still waits for 100 Continue is not asked for.
        BoundBody(context, context.Request.Headers.Expect.Count > 0 ? 0 : MostUnread);
        if (refusal.Status == 400) context.Response.Headers.Connection = "close";
        return DetailAnswer.WriteAsync(context.Response, refusal, token);
    }

    [LoggerMessage(
        742,
        LogLevel.Information,
        "{Method} {Call} of {Table}, run {Key}: {Status} in {Milliseconds} ms")]
    private static partial void LogCall(
        ILogger logger, string method, string call, string table, string key, int status, long milliseconds);

    [LoggerMessage(743, LogLevel.Warning, "The {Call} call was cut off: {Reason}")]
    private static partial void LogCut(ILogger logger, string call, string reason);
}
