using Tracebloc.Net;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>Sends single requests to the backend, by the environment's proxy.</summary>
internal sealed class BackendSender : IDisposable
{
    // The backend's name may lead elsewhere one day, and this process stays for months.
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5), Connect = TimeSpan.FromSeconds(15);

    private readonly HttpMessageInvoker _invoker;
    private readonly ServerTrust _trust;
    private readonly Uri _root;

    private BackendSender(HttpMessageInvoker invoker, ServerTrust trust, Uri root) =>
        (_invoker, _trust, _root) = (invoker, trust, root);

    /// <summary>True where others could read what is sent.</summary>
    public bool IsExposed { get; private init; }

    /// <summary>Prepares connections; nothing is sent yet.</summary>
    /// <param name="root">The root of the backend, with a slash at the end.</param>
    /// <param name="caFile">PEM file of authorities to trust beside the system's; null: none.</param>
    /// <param name="variable">Looks up the environment variables that name proxies.</param>
    /// <exception cref="CertificateFileException">The file cannot be read, or holds no certificate.</exception>
    /// <exception cref="ProxyException">The environment's proxy is no address.</exception>
    public static BackendSender Open(Uri root, string? caFile, Func<string, string?> variable)
    {
        var trust = ServerTrust.Of(caFile, root.Host, setting: "BACKEND_CA_FILE");
        var proxy = ProxySettings.FromEnvironment(variable);
        var handler = OutgoingHttp.Handler(trust, proxy);
        handler.PooledConnectionLifetime = Renewal;
        handler.ConnectTimeout = Connect;
        return new BackendSender(new HttpMessageInvoker(handler), trust, root)
        {
            IsExposed = PlainHttp.IsExposed(root, proxy),
        };
    }

    /// <summary>A request of a path from the root, with its query as it is.</summary>
    public HttpRequestMessage Request(HttpMethod method, string target) =>
        new(method, new Uri(_root, _root.AbsolutePath.TrimEnd('/') + target));

    /// <summary>Sends a request once; the answer's body is still to be read.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<BackendReply> SendAsync(HttpRequestMessage request, CancellationToken token)
    {
        try
        {
            return new BackendReply { Response = await _invoker.SendAsync(request, token) };
        }
        catch (HttpRequestException fault)
        {
            var reason = _trust.TakeRefusal(_root.IdnHost) ?? (fault.InnerException ?? fault).Message;
            return new BackendReply { Reason = Line.Of(reason), MayHaveArrived = !OutgoingHttp.IsUnsent(fault) };
        }
        catch (IOException fault)
        {
            return new BackendReply { Reason = Line.Of(fault.Message), MayHaveArrived = true };
        }
    }

    public void Dispose() => _invoker.Dispose();
}
