using System.Collections.Concurrent;

namespace Tracebloc.Registry;

/// <summary>State that a client keeps for its life: connections, counters, and one state for each host.</summary>
internal sealed class ClientState(RegistryOptions options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, HostState> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public RegistryStatistics Statistics { get; } = new();

    public HttpTransport Transport { get; } = new(options);

    public HttpExchange Exchange => field ??= new HttpExchange(Transport, options, time);

    public HostState Of(Uri root) => _hosts.GetOrAdd(root.AbsoluteUri, _ => new HostState(time));

    public void Dispose()
    {
        Transport.Dispose();
        foreach (var host in _hosts.Values)
            host.Dispose();
    }
}
