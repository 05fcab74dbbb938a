using System.Text;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// A Kubernetes API server on loopback with its workload controllers: get, list, watch, create, patch and delete of the
/// types it was given, and no others. <c>KubernetesContract</c> compares it with a real server.
/// </summary>
public sealed partial class FakeKubernetesApi : IAsyncDisposable
{
    private readonly FakeKubernetesApiOptions _options;
    private readonly FakeCluster _cluster;
    private readonly FakeCallLog _calls;
    private readonly FakeFaults _faults = new();
    private readonly FakeAccess _access;
    private readonly FakeWatches _watches;
    private readonly FakeParts _parts;
    private readonly FakeServer _server;

    private FakeKubernetesApi(FakeKubernetesApiOptions options)
    {
        (_options, _cluster) = (options, new(options));
        (_calls, _access) = (new(options.PatienceOfWaits), new(options));
        _watches = new FakeWatches(_cluster.Store, options, _calls);
        _parts = new FakeParts(_cluster, options, _calls);
        var handler = new FakeHandler(_cluster, options.Version, _access);
        var pipeline = new FakePipeline(_calls, _faults, _access, _watches, handler, _parts);
        _server = new FakeServer(options, pipeline);
    }

    private Lock Gate => _cluster.Store.Gate;

    /// <summary>Where it listens, for example <c>http://127.0.0.1:38001</c>.</summary>
    public Uri Address { get; private set; } = new("about:blank");

    /// <summary>The only token that is let in; tests may change it.</summary>
    public string Token
    {
        get => _access.Token;
        set => _access.Token = value;
    }

    /// <summary>A kubeconfig that reaches this server with its token.</summary>
    public string Kubeconfig => $$"""
        apiVersion: v1
        kind: Config
        current-context: fake
        clusters:
        - name: fake
          cluster: { server: "{{Address.OriginalString}}"{{Authority()}} }
        users:
        - name: fake
          user: { token: "{{Token}}" }
        contexts:
        - name: fake
          context: { cluster: fake, user: fake, namespace: "{{_options.Namespace}}" }

        """;

    public static async Task<FakeKubernetesApi> StartAsync(
        FakeKubernetesApiOptions? options = null, CancellationToken cancellationToken = default)
    {
        var api = new FakeKubernetesApi(options ?? new());
        api.Address = await api._server.StartAsync(cancellationToken);
        lock (api.Gate) api._cluster.AddNamespace(api._options.Namespace);
        return api;
    }

    /// <summary>
    /// Writes a service account as the kubelet mounts it: <c>token</c>, <c>ca.crt</c> and <c>namespace</c>.
    /// </summary>
    public async Task WriteServiceAccountAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "token"), Token, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory, "namespace"), _options.Namespace, cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(directory, "ca.crt"), _options.Certificates?.AuthorityPem ?? "", cancellationToken);
    }

    /// <summary>Stops; fails when a request was refused because its resource is not registered.</summary>
    public async ValueTask DisposeAsync()
    {
        await _watches.StopAsync();
        await _parts.StopAsync();
        await _server.DisposeAsync();
        _watches.Dispose();
        _parts.Dispose();
        if (_server.Refused is { Count: > 0 } refused)
            throw new InvalidOperationException($"FakeKubernetesApi was asked for: {string.Join(", ", refused)}");
    }

    private string Authority() => _options.Certificates is not { } certificates ? ""
        : $", certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(certificates.AuthorityPem))}";
}
