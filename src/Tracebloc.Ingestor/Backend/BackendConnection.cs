using System.Net.Http.Headers;
using System.Text;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Backend;

/// <summary>Sends single requests to the backend, by the environment's proxy. Follows no redirect.</summary>
internal sealed class BackendConnection : IDisposable
{
    private const int MostBytes = 1024 * 1024;

    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTrust _trust;
    private readonly Uri _root;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;

    private BackendConnection(
        HttpMessageInvoker invoker, ServerTrust trust, Uri root, TimeSpan limit, TimeProvider time) =>
        (_invoker, _trust, _root, _limit, _time) = (invoker, trust, root, limit, time);

    /// <summary>Prepares connections; nothing is sent yet.</summary>
    /// <param name="settings">The backend.</param>
    /// <param name="limit">The deadline of each request, its answer included.</param>
    /// <param name="variable">Looks up the environment variables that name proxies.</param>
    /// <param name="time">The clock of the deadlines.</param>
    public static BackendConnection Open(
        BackendSettings settings, TimeSpan limit, Func<string, string?> variable, TimeProvider time)
    {
        var trust = ServerTrust.Of(caFile: null, settings.Address.Host);
        var handler = OutgoingHttp.Handler(trust, ProxySettings.FromEnvironment(variable));
        return new BackendConnection(new HttpMessageInvoker(handler), trust, settings.Address, limit, time);
    }

    /// <summary>Sends a request once.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<BackendAnswer> SendAsync(CentralRequest request, string token, CancellationToken cancelled)
    {
        using var deadline = new Deadline(_limit, _time, cancelled);
        using var message = Message(request, token);
        try
        {
            using var response = await _invoker.SendAsync(message, deadline.Token);
            var body = await BoundedBody.ReadAsync(response.Content, MostBytes, deadline.Token);
            return new BackendAnswer((int)response.StatusCode, Text(body)) { RetryAfter = RetryAfterOf(response) };
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return BackendAnswer.None($"no answer within {_limit.TotalSeconds:0} s", mayHaveArrived: true);
        }
        catch (HttpRequestException fault)
        {
            var reason = _trust.TakeRefusal(_root.IdnHost) ?? (fault.InnerException ?? fault).Message;
            return BackendAnswer.None(reason, mayHaveArrived: !IsRefused(fault));
        }
        catch (IOException fault)
        {
            return BackendAnswer.None(fault.Message, mayHaveArrived: true);
        }
    }

    public void Dispose() => _invoker.Dispose();

    private HttpRequestMessage Message(CentralRequest request, string token)
    {
        var address = new Uri(_root, _root.AbsolutePath.TrimEnd('/') + request.Path);
        var message = new HttpRequestMessage(request.Call.Method, address);
        HeaderText.Add(message.Headers, "Authorization", $"TOKEN {token}");
        HeaderText.Add(message.Headers, "User-Agent", "tracebloc-ingestor");
        if (request.Body.IsEmpty) return message;
        message.Content = new ReadOnlyMemoryContent(request.Body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return message;
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => Net.RetryAfter.Parse(
        Header(response, "Retry-After"), Header(response, "Date"), _time.GetUtcNow(), cap: TimeSpan.FromMinutes(1));

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Text(ReadOnlyMemory<byte>? body) =>
        body is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "(an answer of more than 1 MiB)";

    private static bool IsRefused(HttpRequestException fault) => fault.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
}
