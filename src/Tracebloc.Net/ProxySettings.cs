using System.Net;

namespace Tracebloc.Net;

/// <summary>
/// The environment's proxies by the rules of Go (golang.org/x/net/http/httpproxy), which the kubelet, containerd and
/// helm share, so that one set of variables means the same to all. The framework's own parser rejects addresses with
/// a prefix length, no <c>*</c>, no port and no sub-domains in <c>NO_PROXY</c>. Immutable.
/// </summary>
public sealed class ProxySettings : IWebProxy
{
    private readonly ProxyAddress? _http;
    private readonly ProxyAddress? _https;
    private readonly NoProxyList? _noProxy;

    private ProxySettings(ProxyAddress? http, ProxyAddress? https, NoProxyList? noProxy)
    {
        _http = http;
        _https = https;
        _noProxy = noProxy;
    }

    /// <summary>The user names and passwords of the proxies' URLs; null when neither has one.</summary>
    /// <exception cref="NotSupportedException">On setting: they come from the environment only.</exception>
    ICredentials? IWebProxy.Credentials
    {
        get => _http?.Credential is null && _https?.Credential is null ? null : new ProxyCredentials(_http, _https);
        set => throw new NotSupportedException("Proxy credentials belong in HTTP_PROXY or HTTPS_PROXY.");
    }

    /// <summary>
    /// Reads <c>HTTP_PROXY</c> (for http), <c>HTTPS_PROXY</c> (for https) and <c>NO_PROXY</c>; where one is unset or
    /// empty, its lower-case name. A proxy is a URL (http, https, socks4, socks4a, socks5) or host:port, meaning http.
    /// </summary>
    /// <param name="variable">Looks an environment variable up; null when it is unset.</param>
    /// <returns>Null when no proxy is set, so that nothing need be asked on each request.</returns>
    /// <exception cref="ProxyException">
    /// A proxy is set to what is no address (Go goes without one then); the message has the variable, not the value.
    /// </exception>
    public static ProxySettings? FromEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var http = Address(variable, "HTTP_PROXY", "http_proxy");
        var https = Address(variable, "HTTPS_PROXY", "https_proxy");
        return http is null && https is null
            ? null
            : new ProxySettings(http, https, NoProxyList.Parse(Either(variable, "NO_PROXY", "no_proxy")));
    }

    /// <summary>One proxy for every URL, without exceptions, as <c>proxy-url</c> of a kubeconfig means it.</summary>
    /// <param name="address">Its URL (http, https, socks4, socks4a, socks5), which may hold user and password.</param>
    public static ProxySettings Always(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var proxy = ProxyAddress.Of(address);
        return new ProxySettings(proxy, proxy, null);
    }

    /// <summary>The proxy to ask for this URL, without user and password; null to connect directly.</summary>
    public Uri? GetProxy(Uri destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var proxy = destination.Scheme == Uri.UriSchemeHttps ? _https
            : destination.Scheme == Uri.UriSchemeHttp ? _http
            : null;
        return proxy is null || _noProxy?.Covers(destination) == true ? null : proxy.Uri;
    }

    /// <summary>True for direct connections: an exception, this machine, or a scheme without a proxy.</summary>
    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    private static ProxyAddress? Address(Func<string, string?> variable, string name, string lowerCaseName) =>
        Either(variable, name, lowerCaseName) is { } value ? ProxyAddress.Parse(value, name) : null;

    private static string? Either(Func<string, string?> variable, string name, string lowerCaseName) =>
        variable(name)?.Trim() is { Length: > 0 } value ? value
        : variable(lowerCaseName)?.Trim() is { Length: > 0 } other ? other
        : null;

    private sealed class ProxyCredentials(params ProxyAddress?[] proxies) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            Array.Find(proxies, proxy => proxy?.Credential is not null && proxy.Uri == uri)?.Credential;
    }
}
