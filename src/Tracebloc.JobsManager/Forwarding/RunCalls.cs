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
    public async Task ServeAsync(HttpContext context, string target)
    {
        var started = time.GetTimestamp();
        var claims = RequestRules.TokenOf(context.Request) is { } token ? tokens.Check(token) : null;
        var call = await AnswerAsync(context, target, claims);
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

    private async Task<CentralCall?> AnswerAsync(HttpContext context, string target, RunClaims? claims)
    {
        if (claims is null)
        {
            await RefuseAsync(context, new(401, "the run's token is missing, forged or expired; submit the run again"));
            return null;
        }

        var (call, refusal) = AllowedCalls.Find(context.Request.Method, target, claims);
        refusal ??= call is null ? null : RequestRules.Refusal(call, context.Request);
        if (call is null || refusal is not null)
        {
            await RefuseAsync(context, refusal ?? new(404, "there is no such call"));
            return call;
        }

        BoundBody(context, call.MostBytes);
        if (call == CentralCall.Login) await RenewAsync(context, claims);
        else await PassAsync(context, target, call, claims);
        return call;
    }

    private Task RenewAsync(HttpContext context, RunClaims claims)
    {
        var renewed = tokens.Mint(tokens.Renewed(claims, parts.Settings.TokenLife));
        return DetailAnswer.WriteAsync(context.Response, 200, ("token", renewed.Reveal()), context.RequestAborted);
    }

    private async Task PassAsync(HttpContext context, string target, CentralCall call, RunClaims claims)
    {
        if (!_gate.TryEnter(claims.Key))
        {
            await RefuseAsync(context, new(429, $"run {claims.Key} has more than {RunGate.Most} calls under way")
            {
                RetryAfter = parts.Deadlines.RetryAfter,
            });
            return;
        }

        try
        {
            using var body = BodyShape.Of(call, claims) is { } shape
                ? new CheckedBody(context.Request.Body, shape, context.Request.ContentLength)
                : null;
            await PassAsync(context, target, call, body);
        }
        finally
        {
            _gate.Leave(claims.Key);
        }
    }

    private async Task PassAsync(HttpContext context, string target, CentralCall call, CheckedBody? body)
    {
        using var deadline = new Deadline(parts.Deadlines.BackendCall, time, context.RequestAborted);
        try
        {
            if (body is not null && await FillAsync(body, deadline) is { } refusal)
            {
                await RefuseAsync(context, refusal);
                return;
            }

            using var answer = await parts.Forwarder.SendAsync(context.Request, target, call, body, deadline.Token);
            if (answer.Refusal is not null) await RefuseAsync(context, answer.Refusal);
            else await answer.WriteAsync(context.Response, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed && !context.Response.HasStarted)
        {
            await RefuseAsync(
                context, new(504, $"no answer within {parts.Deadlines.BackendCall.TotalSeconds:0} s"));
        }
        catch (Exception cut) when (cut is OperationCanceledException or IOException or HttpRequestException)
        {
            // Half an answer must not look like a whole one.
            LogCut(logger, call.Name, Line.Of(cut.Message));
            context.Abort();
        }
    }

    private static void BoundBody(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytes;
    }

    private static async Task<Refusal?> FillAsync(CheckedBody body, Deadline deadline)
    {
        try
        {
            await body.FillAsync(deadline.Token);
            return body.Refusal;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new(408, "the body did not arrive in time");
        }
    }

    // Kestrel reads the rest of a small body, so that its sender sees the answer; a connection with the rest of a large
    // one, or one of doubtful length, is closed.
    private static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        // A body that still waits for 100 Continue is not asked for.
        BoundBody(context, context.Request.Headers.Expect.Count > 0 ? 0 : MostUnread);
        if (refusal.Status == 400) context.Response.Headers.Connection = "close";
        return DetailAnswer.WriteAsync(context.Response, refusal, context.RequestAborted);
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
