using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tracebloc.Net;

namespace Tracebloc.Ingestion.Submitting;

/// <summary>Sends single requests to jobs-manager with a token, to its address alone.</summary>
/// <param name="exchange">Sends requests; closed with the connection.</param>
/// <param name="token">Gets the token for each request, from the one that was rejected just now; null for none.</param>
/// <param name="agent">The program that asks.</param>
/// <param name="time">The clock.</param>
public sealed class JobsManagerConnection(
    HttpExchange exchange, Func<string?, CancellationToken, Task<string>> token, string agent, TimeProvider time)
    : IDisposable
{
    /// <summary>Closes the connections.</summary>
    public void Dispose() => exchange.Dispose();

    /// <summary>Sends a request; once more where the token was rejected: it may have been renewed meanwhile.</summary>
    /// <param name="call">The request.</param>
    /// <param name="limit">The deadline of both.</param>
    /// <param name="cancelled">Ends the request.</param>
    internal async Task<HttpAnswer> SendAsync(JobsManagerCall call, TimeSpan limit, CancellationToken cancelled)
    {
        var (start, first) = (time.GetTimestamp(), await token(null, cancelled));
        var answer = await SendOnceAsync(call, first, limit, cancelled);
        var left = limit - time.GetElapsedTime(start);
        return answer.Status == (int)HttpStatusCode.Unauthorized && left > TimeSpan.Zero
            ? await SendOnceAsync(call, await token(first, cancelled), left, cancelled)
            : answer;
    }

    private async Task<HttpAnswer> SendOnceAsync(
        JobsManagerCall call, string secret, TimeSpan limit, CancellationToken cancelled)
    {
        using var message = new HttpRequestMessage(call.Method, exchange.AddressOf(call.Path));
        HeaderText.Add(message.Headers, "Authorization", $"Bearer {secret}");
        HeaderText.Add(message.Headers, "User-Agent", agent);
        if (!call.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(call.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        var answer = await exchange.SendAsync(message, limit, cancelled);
        return answer with { Text = Without(secret, answer.Text) };
    }

    // A server may repeat what it was sent, in JSON as either of the two usual writers escapes it.
    private static string Without(string secret, string text) => text
        .Replace(secret, "(secret)", StringComparison.Ordinal)
        .Replace(JsonEncodedText.Encode(secret).ToString(), "(secret)", StringComparison.Ordinal)
        .Replace(secret.Replace("/", "\\/", StringComparison.Ordinal), "(secret)", StringComparison.Ordinal);
}
