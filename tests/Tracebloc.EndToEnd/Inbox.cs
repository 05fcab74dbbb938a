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

    /// <summary>The bodies posted to this path so far, in order.</summary>
    public IReadOnlyList<JsonNode> At(string path) =>
        [.. _received.Where(one => one.Path == path).Select(one => JsonNode.Parse(one.Body)!)];

    /// <summary>The values of a gauge that came to the collector so far, in their order.</summary>
    public IReadOnlyList<double?> Gauge(string name) =>
    [
        .. At(Metrics)
            .SelectMany(request => Each(request, "resourceMetrics"))
            .SelectMany(resource => Each(resource, "scopeMetrics"))
            .SelectMany(scope => Each(scope, "metrics"))
            .Where(metric => (string?)metric["name"] == name)
            .SelectMany(metric => Each(metric["gauge"], "dataPoints"))
            .Select(point => (double?)point["asDouble"]),
    ];

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static IEnumerable<JsonNode> Each(JsonNode? part, string list) =>
        (part?[list]?.AsArray() ?? []).OfType<JsonNode>();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        _received.Enqueue((context.Request.Path, await body.ReadToEndAsync(context.RequestAborted)));
    }
}
