using System.Net;

namespace Tracebloc.Net;

/// <summary>Connections for requests with secrets: they follow no redirect and keep no cookie.</summary>
internal static class StrictTransport
{
    /// <param name="trust">Judges the server's certificate.</param>
    /// <param name="proxy">The way to the server; null: direct.</param>
    public static HttpMessageInvoker Open(ServerTrust trust, IWebProxy? proxy) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        Proxy = proxy,
        UseProxy = proxy is not null,
        UseCookies = false,
        MaxResponseDrainSize = 0,
        SslOptions = trust.Options,
    });
}
