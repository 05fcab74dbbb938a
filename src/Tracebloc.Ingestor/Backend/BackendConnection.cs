using System.Net.Http.Headers;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Backend;

/// <summary>Sends single requests to the backend, by the environment's proxy. Follows no redirect.</summary>
internal sealed class BackendConnection : IDisposable
{
    private readonly HttpExchange _exchange;
    private readonly TimeSpan _limit;

    private BackendConnection(HttpExchange exchange, TimeSpan limit) => (_exchange, _limit) = (exchange, limit);

    /// <summary>Prepares connections; nothing is sent yet.</summary>
    /// <param name="settings">The backend.</param>
    /// <param name="limit">The deadline of each request, its answer included.</param>
    /// <param name="variable">Looks up the environment variables that name proxies.</param>
    /// <param name="time">The clock of the deadlines.</param>
    public static BackendConnection Open(
        BackendSettings settings, TimeSpan limit, Func<string, string?> variable, TimeProvider time) =>
        new(HttpExchange.Open(settings.Address, ProxySettings.FromEnvironment(variable), time), limit);

    /// <summary>Sends a request once.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<BackendAnswer> SendAsync(CentralRequest request, string token, CancellationToken cancelled)
    {
        using var message = Message(request, token);
        return BackendAnswer.Of(await _exchange.SendAsync(message, _limit, cancelled));
    }

    public void Dispose() => _exchange.Dispose();

    private HttpRequestMessage Message(CentralRequest request, string token)
    {
        var message = new HttpRequestMessage(request.Call.Method, _exchange.AddressOf(request.Path));
        HeaderText.Add(message.Headers, "Authorization", $"TOKEN {token}");
        HeaderText.Add(message.Headers, "User-Agent", "tracebloc-ingestor");
        if (request.Body.IsEmpty) return message;
        message.Content = new ReadOnlyMemoryContent(request.Body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return message;
    }
}
