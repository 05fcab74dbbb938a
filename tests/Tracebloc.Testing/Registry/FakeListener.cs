using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Tracebloc.Testing.Registry;

/// <summary>A loopback HTTP server that logs every request and lets a script answer first.</summary>
public sealed class FakeListener : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeRequest> _requests = [];
    private readonly Lock _gate = new();
    private readonly List<FakeRule> _rules = [];
    private readonly WebApplication _application;

    private FakeListener(WebApplication application, FakeListenerOptions options)
    {
        _application = application;
        HostName = options.HostName;
        Scheme = options.Certificate is null ? "http" : "https";
    }

    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    public string HostName { get; }

    public string Scheme { get; }

    public int Port { get; private set; }

    public string Host => $"{HostName}:{Port}";

    public Uri Address => new($"{Scheme}://{Host}/");

    /// <summary>Requests answered with 501 because nobody registered what they ask for.</summary>
    public ConcurrentQueue<FakeRequest> Unexpected { get; } = [];

    public static async Task<FakeListener> StartAsync(
        FakeListenerOptions options,
        Func<HttpContext, FakeRequest, Task> serve,
        CancellationToken cancellationToken)
    {
        var server = BareServer.Build(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen, 0, listen => Configure(listen, options));
        });
        var listener = new FakeListener(server, options);
        listener._application.Run(context => listener.ServeAsync(context, serve));
        await listener._application.StartAsync(cancellationToken);
        listener.Port = new Uri(listener._application.Urls.First()).Port;
        return listener;
    }

    /// <summary>Forgets what was logged so far.</summary>
    public void Clear() => _requests.Clear();

    public void Add(FakeRule rule)
    {
        lock (_gate)
            _rules.Add(rule);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        if (!Unexpected.IsEmpty)
            throw new InvalidOperationException("Nobody registered " + string.Join(", ", Unexpected));
    }

    private static void Configure(ListenOptions listen, FakeListenerOptions options)
    {
        listen.Protocols = options.Http2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        if (options.Certificate is { } certificate)
            listen.UseHttps(certificate, https =>
            {
                https.SslProtocols = options.Protocols;
                https.ClientCertificateMode = options.AsksForClientCertificate
                    ? ClientCertificateMode.RequireCertificate
                    : ClientCertificateMode.NoCertificate;
                https.AllowAnyClientCertificate();
            });
    }

    private async Task ServeAsync(HttpContext context, Func<HttpContext, FakeRequest, Task> serve)
    {
        var request = await FakeRequestReader.ReadAsync(context);
        _requests.Enqueue(request);
        try
        {
            if (Take(request) is { } reply)
            {
                // A body that is not read breaks the connection, and the reply is lost now and then.
                if (reply != FakeReply.Abort)
                    await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                await reply.SendAsync(context);
            }
            else
                await serve(context, request);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client gave up, which is what the scripted fault was for.
        }
    }

    private FakeReply? Take(FakeRequest request)
    {
        lock (_gate)
        {
            var rule = _rules.Find(candidate => candidate.Remaining > 0 && candidate.Matches(request));
            if (rule is null)
                return null;
            rule.Remaining--;
            return rule.Answer(request);
        }
    }
}

public sealed record FakeListenerOptions
{
    /// <summary>How clients call the server: <c>127.0.0.1</c> or <c>localhost</c>.</summary>
    public string HostName { get; init; } = "127.0.0.1";

    /// <summary>The address that it listens on; pods of a test cluster reach another than loopback.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Serves TLS with it; plain http without.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>HTTP/2 beside HTTP/1.1; takes effect with TLS only, where ALPN chooses.</summary>
    public bool Http2 { get; init; } = true;

    /// <summary>TLS versions offered; none leaves it to the system.</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.None;

    public bool AsksForClientCertificate { get; init; }
}
