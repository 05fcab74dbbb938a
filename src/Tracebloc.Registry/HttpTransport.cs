using System.Net;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>
/// The connections, one pool for each trust in certificates, made when first needed. Redirects are followed by
/// the caller (SocketsHttpHandler drops Authorization even on the same host), and bodies are never decompressed: a
/// digest is over the bytes as served.
/// </summary>
internal sealed class HttpTransport(RegistryOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string File, bool IsVerified), HttpMessageInvoker> _invokers = [];

    /// <summary>The reason why the last certificate of a host was refused, by host.</summary>
    public CertificateRefusals Refusals { get; } = new();

    /// <exception cref="RegistryException">A certificate file cannot be used.</exception>
    public HttpMessageInvoker For(RegistryEndpoint endpoint)
    {
        var trust = (endpoint.Options.CaFile ?? "", endpoint.Options.VerifiesTls);
        lock (_gate)
        {
            if (!_invokers.TryGetValue(trust, out var invoker))
                _invokers[trust] = invoker = new HttpMessageInvoker(CreateHandler(endpoint));
            return invoker;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            foreach (var invoker in _invokers.Values)
                invoker.Dispose();
    }

    private SocketsHttpHandler CreateHandler(RegistryEndpoint endpoint) => new()
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
        SslOptions = TrustOf(endpoint).Options,
    };

    private ServerTrust TrustOf(RegistryEndpoint endpoint)
    {
        try
        {
            return endpoint.Options.VerifiesTls
                ? ServerTrust.Of(endpoint.Options.CaFile, endpoint.Host, Refusals)
                : ServerTrust.Anyone();
        }
        catch (CertificateFileException unusable)
        {
            throw new RegistryException(Verdict.Config, endpoint.Host, unusable.Message, unusable);
        }
    }
}
