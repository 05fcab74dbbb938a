using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>Sends single requests to jobs-manager with a token, to its address alone.</summary>
internal sealed class JobsManagerConnection : IDisposable
{
    private readonly HttpExchange _exchange;
    private readonly TokenFile _tokens;
    private readonly TimeProvider _time;

    private JobsManagerConnection(HttpExchange exchange, Uri address, TokenFile tokens, TimeProvider time) =>
        (_exchange, Address, _tokens, _time) = (exchange, address, tokens, time);

    public Uri Address { get; }

    /// <summary>Prepares connections; nothing is sent yet.</summary>
    /// <param name="address">The address of jobs-manager.</param>
    /// <param name="tokens">The file of the token.</param>
    /// <param name="variable">Looks up the environment variables that name proxies.</param>
    /// <param name="time">The clock of the deadlines.</param>
    public static JobsManagerConnection Open(
        Uri address, TokenFile tokens, Func<string, string?> variable, TimeProvider time)
    {
        // Without TLS a proxy would see the token; and none knows the names inside a cluster.
        var proxy = address.Scheme == Uri.UriSchemeHttps ? ProxySettings.FromEnvironment(variable) : null;
        return new(HttpExchange.Open(address, proxy, time), address, tokens, time);
    }

    /// <summary>Sends a request; once more where the token was rejected: it may have been renewed meanwhile.</summary>
    /// <param name="call">The request.</param>
    /// <param name="limit">The deadline of both.</param>
    /// <param name="cancelled">Ends the request.</param>
    /// <exception cref="IngestorException">There is no token.</exception>
    public async Task<HttpAnswer> SendAsync(JobsManagerCall call, TimeSpan limit, CancellationToken cancelled)
    {
        var start = _time.GetTimestamp();
        var answer = await SendOnceAsync(call, limit, cancelled);
        var left = limit - _time.GetElapsedTime(start);
        return answer.Status == (int)HttpStatusCode.Unauthorized && left > TimeSpan.Zero
            ? await SendOnceAsync(call, left, cancelled)
            : answer;
    }

    public void Dispose() => _exchange.Dispose();

    private async Task<HttpAnswer> SendOnceAsync(JobsManagerCall call, TimeSpan limit, CancellationToken cancelled)
    {
        var token = await _tokens.ReadAsync(cancelled);
        using var message = new HttpRequestMessage(call.Method, _exchange.AddressOf(call.Path));
        HeaderText.Add(message.Headers, "Authorization", $"Bearer {token}");
        HeaderText.Add(message.Headers, "User-Agent", "tracebloc-ingestor");
        if (!call.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(call.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        var answer = await _exchange.SendAsync(message, limit, cancelled);
        return answer with { Text = Without(token, answer.Text) };
    }

    // A server may repeat what it was sent, in JSON as either of the two usual writers escapes it.
    private static string Without(string token, string text) => text
        .Replace(token, "(secret)", StringComparison.Ordinal)
        .Replace(JsonEncodedText.Encode(token).ToString(), "(secret)", StringComparison.Ordinal)
        .Replace(token.Replace("/", "\\/", StringComparison.Ordinal), "(secret)", StringComparison.Ordinal);
}
