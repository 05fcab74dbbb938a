using System.Net;

namespace Tracebloc.Net;

/// <summary>Connections on which others could read a credential.</summary>
public static class PlainHttp
{
    /// <summary>True where a request to the server leaves this machine without TLS.</summary>
    public static bool IsExposed(Uri server, Uri? proxy = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.Scheme == Uri.UriSchemeHttp
            && !(NetworkAddress.IsLoopback(server) && (proxy is null || NetworkAddress.IsLoopback(proxy)));
    }

    /// <summary>The same by the proxy that requests to this server take.</summary>
    public static bool IsExposed(Uri server, IWebProxy? proxy) =>
        IsExposed(server, proxy?.IsBypassed(server) == false ? proxy.GetProxy(server) : null);
}
