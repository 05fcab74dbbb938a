using System.Net.Http.Headers;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Notices;

/// <summary>Posts JSON to whoever is told by HTTP: by the environment's proxy, and following no redirect.</summary>
internal sealed class NoticeTransport : IDisposable
{
    private const string UserAgent = "tracebloc-image-refresh";

    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTrust _trust;
    private readonly TimeProvider _time;

    private NoticeTransport(HttpMessageInvoker invoker, ServerTrust trust, TimeProvider time) =>
        (_invoker, _trust, _time) = (invoker, trust, time);

    /// <param name="host">Who is told.</param>
    /// <param name="caFile">Authorities to trust beside the system's; null: none.</param>
    /// <param name="context">The clock, and where proxies are named.</param>
    /// <exception cref="RegistryException">The file cannot be read, or holds no certificate.</exception>
    public static NoticeTransport Open(string host, string? caFile, ProgramContext context)
    {
        var trust = ServerTrust.Of(caFile, host);
        var proxy = ProxySettings.FromEnvironment(context.Variable);
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false, // Where a secret address leads on to is not where it was meant to go.
            Proxy = proxy,
            UseProxy = proxy is not null,
            UseCookies = false,
            MaxResponseDrainSize = 0,
            SslOptions = trust.Options,
        };
        return new NoticeTransport(new HttpMessageInvoker(handler), trust, context.Time);
    }

    /// <returns>The answer's status; its body may repeat what is secret, and is not read.</returns>
    /// <exception cref="HttpRequestException">There was none.</exception>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public async Task<int> PostAsync(
        Uri address, ReadOnlyMemory<byte> json, string? id, TimeSpan limit, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (id is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
        try
        {
            using var response = await _invoker.SendAsync(request, either.Token);
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

    public void Dispose() => _invoker.Dispose();
}
