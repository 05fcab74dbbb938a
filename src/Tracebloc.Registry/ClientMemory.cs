using System.Collections.Concurrent;

namespace Tracebloc.Registry;

/// <summary>What a client keeps for its life: its connections, and what it has learnt about each host.</summary>
internal sealed class ClientMemory(RegistryOptions options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, HostMemory> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public RegistryStatistics Statistics { get; } = new();

    public HttpTransport Transport { get; } = new(options);

    public HttpExchange Exchange => field ??= new HttpExchange(Transport, options, time);

    public HostMemory Of(Uri root) => _hosts.GetOrAdd(root.AbsoluteUri, _ => new HostMemory(time));

    public void Dispose()
    {
        Transport.Dispose();
        foreach (var host in _hosts.Values)
            host.Dispose();
    }
}
