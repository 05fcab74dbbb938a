using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tracebloc.Net;

namespace Tracebloc.Web;

/// <summary>
/// Kestrel with bounds and nothing else: no configuration files, no ASPNETCORE_ variables, no signal handlers of its
/// own, HTTP/1.1 only.
/// </summary>
public sealed class WebHost : IAsyncDisposable
{
    private const int MostHeaders = 64, HeadBytes = 24 * 1024, LineBytes = 8 * 1024, BufferBytes = 128 * 1024;

    private readonly WebApplication _application;
    private readonly WebHostOptions _options;
    private readonly TimeProvider _time;

    private WebHost(WebApplication application, WebHostOptions options, TimeProvider time) =>
        (_application, _options, _time) = (application, options, time);

    /// <summary>The address that it listens on.</summary>
    public IPEndPoint Address => IPEndPoint.Parse(new Uri(_application.Urls.First()).Authority);

    /// <summary>Starts to listen.</summary>
    /// <param name="options">The address and the bounds.</param>
    /// <param name="answer">Answers every request; the bounds are checked before.</param>
    /// <param name="logger">Receives warnings and errors of the server.</param>
    /// <param name="time">The clock of the shutdown.</param>
    /// <param name="token">Cancels the start.</param>
    /// <exception cref="WebHostException">The address is in use, or not this machine's.</exception>
    public static async Task<WebHost> StartAsync(
        WebHostOptions options,
        RequestDelegate answer,
        ILogger logger,
        TimeProvider time,
        CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = new WebHost(Build(options, logger), options, time);
        host._application.Run(answer);
        try
        {
            await host._application.StartAsync(token);
            return host;
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            await host.DisposeAsync();
            throw new WebHostException(
                $"{options.Setting} {options.Listen}: {refused.Message}; give a free port and an address of this "
                + "machine",
                refused);
        }
    }

    /// <summary>Serves until the token is cancelled, and ends what is under way within the shutdown's time.</summary>
    public async Task ServeUntilAsync(CancellationToken token)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var deadline = new Deadline(_options.Shutdown, _time, CancellationToken.None);
        await _application.StopAsync(deadline.Token);
    }

    /// <summary>Closes the address and every connection.</summary>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static WebApplication Build(WebHostOptions options, ILogger logger)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Bound(kestrel.Limits, options);
            kestrel.Listen(options.Listen, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (options.Certificate is { } certificate) listen.UseHttps(Handshake(certificate));
            });
        });
        builder.Services.AddSingleton<ILoggerFactory>(new ServerLog(logger));
        // The program's own handler of signals cancels the token of ServeUntilAsync.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        return builder.Build();
    }

    private static TlsHandshakeCallbackOptions Handshake(ServerCertificate certificate) => new()
    {
        OnConnection = _ => ValueTask.FromResult(
            new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
    };

    private static void Bound(KestrelServerLimits limits, WebHostOptions options)
    {
        limits.MaxConcurrentConnections = options.MostConnections;
        limits.MaxRequestBodySize = options.MostBodyBytes;
        limits.MaxRequestHeaderCount = MostHeaders;
        limits.MaxRequestHeadersTotalSize = HeadBytes;
        limits.MaxRequestLineSize = LineBytes;
        limits.MaxRequestBufferSize = BufferBytes;
        limits.MaxResponseBufferSize = BufferBytes;
        limits.RequestHeadersTimeout = options.Head;
        limits.KeepAliveTimeout = options.Idle;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
