using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>
/// The connections, one pool for each <see cref="TransportTrust"/>, made when first needed. Redirects are followed by
/// the caller (SocketsHttpHandler drops Authorization even on the same host), and bodies are never decompressed: a
/// digest is over the bytes as served.
/// </summary>
internal sealed class HttpTransport(RegistryOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TransportTrust, HttpMessageInvoker> _invokers = [];

    /// <summary>The reason why the last certificate of a host was refused, by host name.</summary>
    public ConcurrentDictionary<string, string> CertificateFailures { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="RegistryException">A certificate file cannot be used.</exception>
    public HttpMessageInvoker For(RegistryEndpoint endpoint)
    {
        var trust = new TransportTrust(endpoint.Options.CaFile);
        lock (_gate)
        {
            if (!_invokers.TryGetValue(trust, out var invoker))
                _invokers[trust] = invoker = new HttpMessageInvoker(CreateHandler(trust, endpoint.Host));
            return invoker;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            foreach (var invoker in _invokers.Values)
                invoker.Dispose();
    }

    private SocketsHttpHandler CreateHandler(TransportTrust trust, string host) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = options.MaxConcurrentRequestsPerHost,
        MaxResponseDrainSize = 0,
        MaxResponseHeadersLength = 32,
        Proxy = options.Proxy,
        UseCookies = false,
        UseProxy = options.Proxy is not null,
        SslOptions = TlsOf(trust, host),
    };

    private SslClientAuthenticationOptions TlsOf(TransportTrust trust, string host)
    {
        try
        {
            return trust.ToSslOptions(host, CertificateFailures);
        }
        catch (CertificateFileException unusable)
        {
            throw new RegistryException(Verdict.Config, host, unusable.Message, unusable);
        }
    }
}
