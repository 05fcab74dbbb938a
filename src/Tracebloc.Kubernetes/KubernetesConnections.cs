using System.Net.Security;

namespace Tracebloc.Kubernetes;

/// <summary>
/// The connections for requests and, apart from them so that none starves, those for watches. Made when first needed,
/// and made again when the client certificate changes, since a connection keeps the one it began with.
/// </summary>
internal sealed class KubernetesConnections(
    KubernetesClientConfiguration configuration, KubernetesClientOptions options) : IDisposable
{
    private readonly Lock _gate = new();
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
            return request.Verb == "watch"
                ? _watches ??= KubernetesTransport.Create(configuration, _certificate, int.MaxValue)
                : _requests ??= KubernetesTransport.Create(configuration, _certificate, options.MaxConnections);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _requests?.Dispose();
            _watches?.Dispose();
        }
    }
}
