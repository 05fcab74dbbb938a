using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>Takes what is sent to a webhook or a collector, over HTTPS by the registry's authority.</summary>
internal sealed class Inbox : IAsyncDisposable
{
    /// <summary>Where notices are posted, and where a collector takes metrics (OTLP/HTTP).</summary>
    public const string Webhook = "/hook", Metrics = "/v1/metrics";

    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();
    private readonly WebApplication _application;

    private Inbox(IPAddress address, RealRegistry authority) =>
        _application = HttpsServer.Create(authority, address, TakeAsync);

    public string Url => _application.Urls.Single();

    public static async Task<Inbox> StartAsync(
        IPAddress address, RealRegistry authority, CancellationToken cancellationToken)
    {
        var inbox = new Inbox(address, authority);
        await inbox._application.StartAsync(cancellationToken);
        return inbox;
    }

    /// <summary>What came to this path so far, in its order.</summary>
    public IReadOnlyList<JsonNode> At(string path) =>
        [.. _received.Where(one => one.Path == path).Select(one => JsonNode.Parse(one.Body)!)];

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        _received.Enqueue((context.Request.Path, await body.ReadToEndAsync(context.RequestAborted)));
    }
}
