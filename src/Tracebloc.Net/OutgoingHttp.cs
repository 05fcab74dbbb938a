namespace Tracebloc.Net;

/// <summary>Connections for requests that carry secrets.</summary>
public static class OutgoingHttp
{
    /// <summary>A handler by the environment's proxy that follows no redirect: no secret may go elsewhere.</summary>
    /// <param name="trust">The trusted servers.</param>
    /// <param name="proxy">From <see cref="ProxySettings.FromEnvironment"/>.</param>
    public static SocketsHttpHandler Handler(ServerTrust trust, ProxySettings? proxy)
    {
        ArgumentNullException.ThrowIfNull(trust);
        return new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            Proxy = proxy,
            UseProxy = proxy is not null,
            UseCookies = false,
            MaxResponseDrainSize = 0,
            SslOptions = trust.Options,
        };
    }

    /// <summary>True where a request failed before any of it was sent.</summary>
    public static bool IsUnsent(HttpRequestException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
    }
}
