using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tracebloc.Testing;

namespace Tracebloc.Benchmarks.Submit;

/// <summary>A backend that reads each request and answers at once: what a call takes is the way to it.</summary>
internal sealed class QuickBackend : IAsyncDisposable
{
    private readonly WebApplication _application;

    private QuickBackend(IPAddress listen) => _application = BareServer.Build(
        kestrel => kestrel.Listen(listen, 0, port => port.Protocols = HttpProtocols.Http1));

    public Uri Address => new($"{_application.Urls.Single()}/");

    /// <param name="listen">The address that it listens on.</param>
    /// <param name="token">Ends the start.</param>
    public static async Task<QuickBackend> StartAsync(IPAddress listen, CancellationToken token)
    {
        var backend = new QuickBackend(listen);
        backend._application.Run(AnswerAsync);
        await backend._application.StartAsync(token);
        return backend;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"token":"benchmark"}""", context.RequestAborted);
    }
}
