using Microsoft.AspNetCore.Http;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Net;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>
/// Passes an allowed call on with the client's own token. It repeats what is safe to repeat: a request that was not
/// sent, a GET, and once a call whose token the backend refused. A POST whose answer was lost is the ingestor's to
/// repeat, which knows the ids in it.
/// </summary>
internal sealed class Forwarder(BackendSender sender, BackendLogin login, Deadlines deadlines, TimeProvider time)
{
    private const int Attempts = 3, LongestHeader = 256;

    private static readonly string[] Passing = ["Accept", "User-Agent"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes the call.</summary>
    /// <param name="request">The request of the run.</param>
    /// <param name="target">Its path and query, as they were checked.</param>
    /// <param name="call">The call.</param>
    /// <param name="body">Its body; null: none.</param>
    /// <param name="token">Ends the call.</param>
    /// <returns>The answer of the backend, or a refusal.</returns>
    public async Task<ForwardedAnswer> SendAsync(
        HttpRequest request, string target, CentralCall call, CheckedBody? body, CancellationToken token)
    {
        string? refused = null;
        for (var attempt = 1; ; attempt++)
        {
            var result = await login.TokenAsync(refused, token);
            if (result.Token is not { } secret) return new(result.Refusal);
            var reply = await SendAsync(request, target, call, (body, secret), token);
            if (body?.Refusal is null && reply.Status == 401 && refused is null)
            {
                reply.Dispose();
                refused = secret.Reveal();
                if (body?.CanRepeat != false) continue;
                await login.TokenAsync(refused, token);
                return new(new Refusal(503, "the token at the backend has expired; send the call again")
                {
                    RetryAfter = TimeSpan.FromSeconds(1),
                });
            }

            if (body?.Refusal is not null || attempt >= Attempts || !MayRepeat(call, reply, body))
                return Answer(reply, body, secret);
            reply.Dispose();
            await Task.Delay(Pause * attempt, time, token);
        }
    }

    private async Task<BackendReply> SendAsync(
        HttpRequest request,
        string target,
        CentralCall call,
        (CheckedBody? Body, Secret Token) parts,
        CancellationToken token)
    {
        using var message = sender.Request(call.Method, target);
        HeaderText.Add(message.Headers, "Authorization", $"TOKEN {parts.Token.Reveal()}");
        foreach (var name in Passing)
            if (request.Headers[name] is [{ Length: > 0 and <= LongestHeader } value] && HeaderText.IsName(value))
                message.Headers.Add(name, value);
        if (parts.Body is not null) message.Content = new CheckedContent(parts.Body);
        return await sender.SendAsync(message, token);
    }

    private static bool MayRepeat(CentralCall call, BackendReply reply, CheckedBody? body) =>
        call.Method == HttpMethod.Get
            ? reply.IsTransient
            : reply is { Response: null, MayHaveArrived: false } && body?.CanRepeat != false;

    private ForwardedAnswer Answer(BackendReply reply, CheckedBody? body, Secret secret)
    {
        var refusal = body?.Refusal ?? reply switch
        {
            { Response: null, MayHaveArrived: false } =>
                new(503, $"the backend cannot be reached: {reply.Reason}") { RetryAfter = deadlines.RetryAfter },
            { Response: null } => new(502, $"the answer of the backend was lost: {reply.Reason}"),
            // 401 would have the run ask for another token, which is not the one that is wrong.
            { Status: 401 or 407 } => new(503, $"the backend refuses this installation: status {reply.Status}")
            {
                RetryAfter = deadlines.RetryAfter,
            },
            _ => null,
        };
        if (refusal is null) return new(null) { Reply = reply, Secret = secret };
        reply.Dispose();
        return new(refusal);
    }
}
