using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Tracebloc.Testing;

/// <summary>
/// Stands before a real server, speaks TLS to both sides, counts what comes through, and lets a test act before a call
/// is passed on and after it has been answered, when the client does not know that yet.
/// </summary>
public sealed class CountingProxy : IAsyncDisposable
{
    private readonly ConcurrentQueue<ProxiedCall> _calls = [];
    private readonly ConcurrentQueue<SentRequest> _sent = [];
    private readonly ConcurrentDictionary<HttpContext, bool> _open = [];
    private readonly CallCounter _counter;
    private readonly WebApplication _application;
    private readonly HttpMessageInvoker _server;
    private readonly Uri _target;

    private CountingProxy(
        Uri target, X509Certificate2Collection authorities, X509Certificate2 certificate, CallCounter counter)
    {
        (_target, _counter) = (target, counter);
        _server = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(authorities) },
        });
        _application = BareServer.Build(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.UseHttps(certificate)));
        _application.Run(PassAsync);
    }

    /// <summary>Where clients reach it: <c>https://127.0.0.1:34567</c>.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>The calls so far, in order.</summary>
    public IReadOnlyList<ProxiedCall> Calls => [.. _calls];

    /// <summary>All that clients have sent, forgotten calls included.</summary>
    public IReadOnlyList<SentRequest> Sent => [.. _sent];

    public static async Task<CountingProxy> StartAsync(
        Uri target,
        X509Certificate2Collection authorities,
        TestCertificates certificates,
        CallCounter counter,
        CancellationToken cancellationToken)
    {
        var proxy = new CountingProxy(target, authorities, certificates.IssueServer(), counter);
        await proxy._application.StartAsync(cancellationToken);
        return proxy;
    }

    /// <summary>A path below which nothing seems to be served; null for none. Calls to it do not count.</summary>
    public string? Hidden { get; set; }

    /// <summary>Breaks every connection on which a call is open: watches, above all.</summary>
    public void Cut()
    {
        foreach (var context in _open.Keys) context.Abort();
    }

    /// <summary>Forgets the calls so far.</summary>
    public void Forget() => _calls.Clear();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _server.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        if (Hidden is { } hidden && context.Request.Path.StartsWithSegments(hidden, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var call = new ProxiedCall(_counter.Next(), context.Request.Method, context.Request.GetEncodedPathAndQuery());
        _calls.Enqueue(call);
        _open[context] = true;
        try
        {
            await _counter.BeforeAsync(call);
            using var answer = await _server.SendAsync(await RequestAsync(context), context.RequestAborted);
            await _counter.AfterAsync(call);
            await AnswerAsync(context, answer);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException)
        {
            context.Abort();
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpContext context)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(_target, context.Request.GetEncodedPathAndQuery()));
        // Read whole: what the client sent is passed on even when the client is killed meanwhile.
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _sent.Enqueue(SentRequest.Of(context.Request, body.ToArray()));
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in context.Request.Headers)
        {
            if (name is not ("Host" or "Content-Length")
                && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not "Transfer-Encoding")
                context.Response.Headers[name] = values.ToArray();
        await context.Response.StartAsync(context.RequestAborted);
        // A watch comes in pieces, each of which somebody waits for.
        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
