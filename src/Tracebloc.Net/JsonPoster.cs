using System.Net.Http.Headers;

namespace Tracebloc.Net;

/// <summary>Posts JSON by the environment's proxy, and follows no redirect.</summary>
public sealed class JsonPoster : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTrust _trust;
    private readonly JsonPosterOptions _options;
    private readonly TimeProvider _time;

    private JsonPoster(HttpMessageInvoker invoker, ServerTrust trust, JsonPosterOptions options, TimeProvider time) =>
        (_invoker, _trust, _options, _time) = (invoker, trust, options, time);

    /// <summary>Prepares connections; nothing is sent yet.</summary>
    /// <param name="options">The receiver and how to reach it.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <exception cref="CertificateFileException">The CA file cannot be read, or holds no certificate.</exception>
    /// <exception cref="ProxyException">The environment's proxy is no address.</exception>
    public static JsonPoster Open(JsonPosterOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var trust = ServerTrust.Of(options.CaFile, options.Host);
        var handler = OutgoingHttp.Handler(trust, ProxySettings.FromEnvironment(options.Variable));
        return new JsonPoster(new HttpMessageInvoker(handler), trust, options, time);
    }

    /// <summary>Sends one request. The body of the answer may repeat secrets and is not read.</summary>
    /// <param name="address">The full address, which may be secret.</param>
    /// <param name="json">The body.</param>
    /// <param name="id">The Idempotency-Key; null: none.</param>
    /// <param name="limit">The deadline of the whole request.</param>
    /// <param name="token">Cancels the request.</param>
    /// <returns>The status of the answer.</returns>
    /// <exception cref="HeaderException">A header cannot carry the id.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    public async Task<int> PostAsync(
        Uri address, ReadOnlyMemory<byte> json, string? id, TimeSpan limit, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var deadline = new Deadline(limit, _time, token);
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        HeaderText.Add(request.Headers, "User-Agent", _options.UserAgent);
        if (id is not null)
            HeaderText.Add(request.Headers, "Idempotency-Key", id);
        try
        {
            using var response = await _invoker.SendAsync(request, deadline.Token);
            return (int)response.StatusCode;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {limit.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault) when (_trust.TakeRefusal(address.IdnHost) is { } reason)
        {
            throw new HttpRequestException(fault.HttpRequestError, reason, fault);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _invoker.Dispose();
}

/// <summary>The receiver of a <see cref="JsonPoster"/> and how to reach it.</summary>
/// <param name="Host">The receiver's host, for messages.</param>
/// <param name="CaFile">PEM file of authorities to trust beside the system's; null: none.</param>
/// <param name="UserAgent">Sent with every request.</param>
/// <param name="Variable">Looks up the environment variables that name proxies.</param>
public sealed record JsonPosterOptions(
    string Host, string? CaFile, string UserAgent, Func<string, string?> Variable);
