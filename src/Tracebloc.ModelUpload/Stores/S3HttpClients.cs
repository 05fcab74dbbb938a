using Amazon.Runtime;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// The connections of a store: its own trust and the environment's proxy; deadlines belong to the calls.
/// </summary>
internal sealed class S3HttpClients(ServerTrust trust, ProxySettings? proxy) : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client = Open(trust, proxy);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => _client.Dispose();

    private static HttpClient Open(ServerTrust trust, ProxySettings? proxy)
    {
        var handler = OutgoingHttp.Handler(trust, proxy);
        handler.ConnectTimeout = TimeSpan.FromSeconds(30);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
