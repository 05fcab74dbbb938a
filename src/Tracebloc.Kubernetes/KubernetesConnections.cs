using System.Net.Security;
using Tracebloc.Net;

namespace Tracebloc.Kubernetes;

/// <summary>
/// The connections for requests and, apart from them so that none starves, those for watches and streams. Made when
/// first needed, and made again when the client certificate changes, since a connection keeps the one it began with.
/// </summary>
internal sealed class KubernetesConnections(
    KubernetesClientConfiguration configuration, KubernetesClientOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ServerTrust? _trust =
        configuration.SkipTlsVerify ? null : ServerTrust.Only(configuration.CertificateAuthorities);

    private HttpMessageInvoker? _requests;
    private HttpMessageInvoker? _watches;
    private SslStreamCertificateContext? _certificate;
    private bool _disposed;

    internal HttpMessageInvoker For(KubernetesRequest request, Credential credential)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(KubernetesClient));
            if (!ReferenceEquals(_certificate, credential.Certificate)) (_requests, _watches) = (null, null);
            _certificate = credential.Certificate;
            return request.KeepsConnection
                ? _watches ??= Create(int.MaxValue)
                : _requests ??= Create(options.MaxConnections);
        }
    }

    /// <summary>The reason for which the server's certificate was refused, once; null when it was not.</summary>
    internal string? TakeRefusal() =>
        _trust?.TakeRefusal(configuration.TlsServerName ?? configuration.Server.IdnHost);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _requests?.Dispose();
            _watches?.Dispose();
        }
    }

    private HttpMessageInvoker Create(int maxConnections) =>
        KubernetesTransport.Create(configuration, _trust, _certificate, maxConnections);
}
