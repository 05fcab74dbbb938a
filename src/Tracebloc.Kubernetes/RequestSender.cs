using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>Sends requests with credentials and within deadlines, again where that is safe.</summary>
internal sealed class RequestSender(
    KubernetesClientConfiguration configuration, TimeProvider time, KubernetesClientOptions options) : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    private readonly CredentialSource _credentials = CredentialSource.From(configuration, time);
    private readonly KubernetesConnections _connections = new(configuration, options);

    public TimeProvider Time => time;

    public KubernetesClientOptions Options => options;

    public Task<T> SendAsync<T>(
        KubernetesRequest request, JsonTypeInfo<T> json, CancellationToken cancellationToken) =>
        RetryAsync(request, token => SendOnceAsync(request, json, token), cancellationToken);

    /// <summary>The body of the answer, as it came.</summary>
    public Task<ReadOnlyMemory<byte>> SendRawAsync(KubernetesRequest request, CancellationToken cancellationToken) =>
        RetryAsync(request, token => ReadOnceAsync(request, token), cancellationToken);

    /// <summary>Sends a request, again where that is safe and of use, within the deadline of one call.</summary>
    public async Task<T> RetryAsync<T>(
        KubernetesRequest request, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.RequestTimeout, time, cancellationToken);
        for (var retries = 0; ; retries++)
        {
            TimeSpan delay;
            try
            {
                return await send(deadline.Token);
            }
            catch (KubernetesException e) when (
                retries < options.MaxRetries && RetryDelay(request, e, retries) is { } wait
                && wait < deadline.Remaining)
            {
                delay = wait;
            }
            catch (OperationCanceledException) when (deadline.HasPassed)
            {
                throw KubernetesError.Timeout(request, options.RequestTimeout);
            }

            await Task.Delay(delay, time, cancellationToken);
        }
    }

    /// <summary>The answer as it comes. Closing it closes the connection.</summary>
    public async Task<Stream> OpenStreamAsync(KubernetesRequest request, CancellationToken cancellationToken)
    {
        var (_, body) = await OpenAnswerAsync(request, cancellationToken);
        return body;
    }

    /// <summary>The answer and its body as it comes. Closing that closes the connection.</summary>
    public async Task<(HttpResponseMessage Answer, Stream Body)> OpenAnswerAsync(
        KubernetesRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.RequestTimeout, time, cancellationToken);
        try
        {
            var response = await OpenAsync(request, deadline.Token);
            return (response, await response.Content.ReadAsStreamAsync(deadline.Token)); // closing it releases both
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw KubernetesError.Timeout(request, options.RequestTimeout);
        }
    }

    /// <summary>Reads on in the body of an answer.</summary>
    /// <param name="request">The request, for messages.</param>
    /// <param name="silence">The connection is dead, or the server at fault, when nothing comes for this long.</param>
    /// <param name="read">Reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">The connection broke, or nothing came.</exception>
    public async Task<T> ReadAsync<T>(
        KubernetesRequest request, TimeSpan silence, Func<CancellationToken, ValueTask<T>> read,
        CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(silence, time, cancellationToken);
        try
        {
            return await read(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw KubernetesError.Timeout(request, silence);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw KubernetesError.Broken(request, e);
        }
    }

    private async Task<T> SendOnceAsync<T>(
        KubernetesRequest request, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        var body = await ReadOnceAsync(request, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body.Span, json)
                ?? throw KubernetesError.Unreadable(request, "the answer is null");
        }
        catch (JsonException e)
        {
            throw KubernetesError.Unreadable(request, "the answer is not what was expected", e);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadOnceAsync(
        KubernetesRequest request, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(request, cancellationToken);
        try
        {
            return await BoundedBody.ReadAsync(response.Content, options.MaxResponseBytes, cancellationToken)
                ?? throw KubernetesError.TooLong(request, options.MaxResponseBytes);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw KubernetesError.From(request, configuration, e, _connections.TakeRefusal());
        }
    }

    /// <summary>
    /// Sends the request, with a fresh credential once if the first is refused; the answer is a success.
    /// </summary>
    public async Task<HttpResponseMessage> OpenAsync(KubernetesRequest request, CancellationToken cancellationToken)
    {
        for (var renewed = false; ; renewed = true)
        {
            var credential = await CredentialAsync(request, cancellationToken);
            var response = await ExchangeAsync(request, credential, cancellationToken);
            if (response.IsSuccessStatusCode || WebSocketUpgrade.IsAccepted(request, response)) return response;
            using (response)
            {
                var error = await KubernetesError.FromAsync(
                    request, response, _credentials.Description, cancellationToken);
                if (!error.IsUnauthorized || renewed) throw error;
                _credentials.Reject(credential);
                if ((await CredentialAsync(request, cancellationToken)).IsSameAs(credential)) throw error;
            }
        }
    }

    private async Task<HttpResponseMessage> ExchangeAsync(
        KubernetesRequest request, Credential credential, CancellationToken cancellationToken)
    {
        try
        {
            using var message = request.ToMessage(configuration.Server, options.UserAgent);
            message.Headers.Authorization = credential.Header;
            message.Headers.Host = configuration.TlsServerName; // the handler takes the name for TLS from here alone
            return await _connections.For(request, credential).SendAsync(message, cancellationToken);
        }
        catch (HeaderException e)
        {
            throw new KubernetesException(request.ToString(), e.Message, e) { IsNotSent = true };
        }
        catch (HttpRequestException e)
        {
            throw KubernetesError.From(request, configuration, e, _connections.TakeRefusal());
        }
    }

    private async ValueTask<Credential> CredentialAsync(KubernetesRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _credentials.GetAsync(cancellationToken);
        }
        catch (CredentialException e)
        {
            throw new KubernetesException(request.ToString(), e.Message, e) { IsNotSent = true };
        }
    }

    // A write is retried only when the server cannot have executed it: it answered "later", or no connection was made.
    private static TimeSpan? RetryDelay(KubernetesRequest request, KubernetesException error, int retries)
    {
        var may = request.IsSafe ? error.IsTransient
            : error.IsTransient && error.IsNotSent || error is { Code: 429, RetryAfter: not null };
        return may ? error.RetryAfter ?? FirstDelay * (1 << retries) : null;
    }

    /// <summary>Closes the connections; what is still under way fails.</summary>
    public void Dispose()
    {
        _connections.Dispose();
        _credentials.Dispose();
    }
}
