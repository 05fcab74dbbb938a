using System.Net.Http.Headers;
using Tracebloc.Net;

namespace Tracebloc.Signatures;

/// <summary>
/// Calls services of sigstore: with a deadline for each attempt, answers of bounded size, and repeated attempts where
/// one may succeed later. All calls may be repeated: a log answers with the entry that it has.
/// </summary>
internal sealed class ServiceClient : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTrust _trust;
    private readonly ServiceConnection _connection;
    private readonly TimeProvider _time;

    public ServiceClient(ServiceConnection connection, TimeProvider time)
    {
        _trust = connection.Trust ?? ServerTrust.Of(caFile: null, "sigstore");
        _invoker = new HttpMessageInvoker(OutgoingHttp.Handler(_trust, connection.Proxy));
        (_connection, _time) = (connection, time);
    }

    /// <summary>Sends the request until an answer is final or the attempts are used up.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ServiceAnswer> SendAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await SendOnceAsync(call, cancellationToken);
            if (!answer.IsTransient || attempt >= _connection.Attempts)
                return answer;
            var pause = answer.RetryAfter ?? _connection.Pauses.After(attempt);
            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    public void Dispose() => _invoker.Dispose();

    private async Task<ServiceAnswer> SendOnceAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_connection.Deadline, _time, cancellationToken);
        using var request = RequestOf(call);
        try
        {
            using var response = await _invoker.SendAsync(request, deadline.Token);
            var most = (int)Math.Min(call.MostBytes, Array.MaxLength - 1);
            var body = await BoundedBody.ReadAsync(response.Content, most, deadline.Token);
            return body is { } bytes
                ? AnswerOf(response, bytes)
                : ServiceAnswer.None($"the answer is larger than {most} bytes", isTransient: false) with
                {
                    IsTooLarge = true,
                };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ServiceAnswer.None($"no answer within {_connection.Deadline.TotalSeconds:0} s", isTransient: true);
        }
        catch (HttpRequestException fault)
        {
            var refusal = _trust.TakeRefusal(call.Address.IdnHost);
            var reason = refusal ?? (fault.InnerException ?? fault).Message;
            return ServiceAnswer.None(Line.Of(reason), isTransient: refusal is null);
        }
        catch (IOException fault)
        {
            return ServiceAnswer.None(Line.Of(fault.Message), isTransient: true);
        }
    }

    private static HttpRequestMessage RequestOf(ServiceCall call)
    {
        var request = new HttpRequestMessage(call.Method, call.Address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(call.Accept));
        if (call.Method != HttpMethod.Post)
            return request;
        request.Content = new ReadOnlyMemoryContent(call.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(call.ContentType);
        return request;
    }

    private ServiceAnswer AnswerOf(HttpResponseMessage response, ReadOnlyMemory<byte> body) =>
        new((int)response.StatusCode)
        {
            Body = body,
            Location = response.Headers.Location,
            RetryAfter = RetryAfter.Parse(
                HeaderOf(response, "Retry-After"), HeaderOf(response, "Date"), _time.GetUtcNow(), LongestPause),
            IsTransient = (int)response.StatusCode is 408 or 429 or 500 or > 501,
        };

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
