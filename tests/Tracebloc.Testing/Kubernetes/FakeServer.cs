using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Listens on loopback, passes requests on, refuses unknown ones, and answers failures.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly FakeKubernetesApiOptions _options;
    private readonly FakePipeline _pipeline;
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<string> _refused = new();

    internal FakeServer(FakeKubernetesApiOptions options, FakePipeline pipeline)
    {
        (_options, _pipeline) = (options, pipeline);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(Listen);
        _server = builder.Build();
        _server.UseWebSockets(new WebSocketOptions());
        _server.Run(ServeAsync);
    }

    /// <summary>The requests that were refused, each with the reason.</summary>
    internal IReadOnlyCollection<string> Refused => _refused;

    private string VersionInfo => $$"""
        {"major": "1", "minor": "{{_options.Version.Minor}}", "gitVersion": "{{_options.Version}}"}
        """;

    /// <returns>The address it listens on.</returns>
    internal async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(cancellationToken);
        var addresses = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return new Uri(addresses!.Addresses.Single().TrimEnd('/'));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Listen(KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
    {
        if (_options.Certificates is not { } certificates) return;
        endpoint.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificates.IssueServer(),
            ClientCertificateMode = _options.RequireClientCertificate
                ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate,
            ClientCertificateValidation = (certificate, _, _) => certificate.Issuer == certificates.Authority.Subject,
        });
    });

    private async Task ServeAsync(HttpContext http)
    {
        try
        {
            if (http.Request.Path.Value?.TrimEnd('/') == "/version") await new FakeReply(VersionInfo).WriteAsync(http);
            else if (await FakeRequest.ReadAsync(http, _options) is { } request)
                await _pipeline.ServeAsync(http, request);
            else await RefuseAsync(http, "its resource is not registered");
        }
        catch (FakeStatusException e)
        {
            await e.Reply.WriteAsync(http);
        }
        catch (FakeNoSuchVersionException)
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsync("404 page not found\n", http.RequestAborted);
        }
        catch (JsonException e)
        {
            await FakeStatusException.BadRequest(e.Message).Reply.WriteAsync(http);
        }
        catch (Exception e) when (e is OperationCanceledException or BadHttpRequestException)
        {
            http.Abort(); // A caller that is killed may be gone in the middle of its request.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, e.ToString());
        }
    }

    private async Task RefuseAsync(HttpContext http, string why)
    {
        var what = $"{http.Request.Method} {http.Request.Path}: {why}";
        _refused.Enqueue(what);
        http.Response.StatusCode = 501;
        await http.Response.WriteAsync($"FakeKubernetesApi: {what}", http.RequestAborted);
    }
}
