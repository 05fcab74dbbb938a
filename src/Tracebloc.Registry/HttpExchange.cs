using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>
/// Makes calls: each under one deadline that covers its retries and its body, with every fault as a value.
/// </summary>
internal sealed class HttpExchange(HttpTransport transport, RegistryOptions options, TimeProvider time)
{
    private const int MaxAttempts = 3;

    public async Task<Reply> SendAsync(
        HttpCall call, RegistryStatistics statistics, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.CallTimeout, time, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            if (call.IsToken)
                statistics.CountTokenRequest();
            else
                statistics.CountRegistryRequest(call.Method);
            var reply = await AttemptAsync(call, deadline, cancellationToken);
            if (!call.IsRetried || !IsRetryable(reply) || attempt == MaxAttempts)
                return reply;
            var wait = reply.Status == 429
                ? RetryDelay.OfLimit(reply, attempt - 1, time)
                : RetryDelay.Of(reply, attempt, time);
            if (wait >= deadline.Remaining)
                return reply;
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private bool IsRetryable(Reply reply) => reply.IsRetryable || (options.RetriesRateLimits && reply.Status == 429);

    private async Task<Reply> AttemptAsync(HttpCall call, Deadline deadline, CancellationToken caller)
    {
        try
        {
            using var message = call.ToMessage(options.UserAgent, deadline);
            var response = await call.Invoker.SendAsync(message, deadline.Token);
            if (call.IsStreamed && (int)response.StatusCode is 200 or 206)
                return Reply.Of(call.Uri, response);
            using var _ = response;
            if (call.Method == HttpMethod.Head)
                return Reply.Of(call.Uri, response, default);
            var body = await BoundedBody.ReadAsync(response.Content, call.MaxBody, deadline.Token);
            return body is { } bytes ? Reply.Of(call.Uri, response, bytes) : TooLarge(call);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return Reply.Failed(call.Uri, Answer.Failed(
                Verdict.Transient,
                $"{call}: no complete answer within {deadline.Length.TotalSeconds:0.#} s; "
                    + "check that the registry can be reached from here"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return TransportFault.Explain(call, e, transport.Refusals);
        }
    }

    private static Reply TooLarge(HttpCall call)
    {
        var message = $"{call}: the body is larger than {call.MaxBody >> 20} MiB; check that this is a registry";
        return Reply.Failed(call.Uri, Answer.Failed(Verdict.Invalid, message) with { Bytes = call.MaxBody });
    }
}
