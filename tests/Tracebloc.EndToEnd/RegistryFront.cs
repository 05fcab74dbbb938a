using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Tracebloc.Testing.Registry;

namespace Tracebloc.EndToEnd;

/// <summary>
/// One address, under public names, for docker-registry and its token server, as GHCR has it: a pod follows a challenge
/// to the name that it asked, and the node, which has no such names, to the address.
/// </summary>
internal sealed class RegistryFront : IAsyncDisposable
{
    private const string TokenPath = "/auth/token";

    private readonly RealRegistry _registry;
    private readonly HttpClient _client;
    private readonly WebApplication _application;

    private RegistryFront(RealRegistry registry, IPAddress address)
    {
        _registry = registry;
        _client = registry.CreateClient();
        _application = HttpsServer.Create(registry, address, PassAsync, port: 443);
    }

    /// <exception cref="IOException">Another process listens there.</exception>
    public static async Task<RegistryFront> StartAsync(
        RealRegistry registry, IPAddress address, CancellationToken cancellationToken)
    {
        var front = new RegistryFront(registry, address);
        await front._application.StartAsync(cancellationToken);
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        try
        {
            using var request = RequestOf(context.Request);
            using var answer = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                if (name is not "Transfer-Encoding")
                    context.Response.Headers[name] = values.ToArray();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    private HttpRequestMessage RequestOf(HttpRequest asked)
    {
        var target = asked.Path == TokenPath
            ? new UriBuilder(_registry.Realm) { Query = asked.QueryString.Value }.Uri
            : new Uri($"https://{_registry.Host}{asked.GetEncodedPathAndQuery()}");
        var request = new HttpRequestMessage(new HttpMethod(asked.Method), target);
        if (asked.ContentLength > 0 || asked.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(asked.Body);
        foreach (var (name, values) in asked.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        return request;
    }
}
