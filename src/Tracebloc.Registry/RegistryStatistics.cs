using System.Collections.Concurrent;

namespace Tracebloc.Registry;

/// <summary>Counters of the requests that a client has sent.</summary>
public sealed class RegistryStatistics
{
    private readonly ConcurrentDictionary<string, RateLimit> _limits = new(StringComparer.OrdinalIgnoreCase);
    private int _registryRequests;
    private int _tokenRequests;
    private int _manifestDownloads;

    internal RegistryStatistics()
    {
    }

    /// <summary>Requests sent to registries, retries and followed redirects included.</summary>
    public int RegistryRequests => Volatile.Read(ref _registryRequests);

    /// <summary>Requests sent to token servers.</summary>
    public int TokenRequests => Volatile.Read(ref _tokenRequests);

    /// <summary>The GETs among <see cref="RegistryRequests"/>, which Docker Hub counts as pulls.</summary>
    public int ManifestDownloads => Volatile.Read(ref _manifestDownloads);

    /// <summary>The pull allowance by host, as last reported; hosts that report none are absent.</summary>
    public IReadOnlyDictionary<string, RateLimit> RateLimits => _limits;

    internal void CountRegistryRequest(HttpMethod method)
    {
        Interlocked.Increment(ref _registryRequests);
        if (method == HttpMethod.Get)
            Interlocked.Increment(ref _manifestDownloads);
    }

    internal void CountTokenRequest() => Interlocked.Increment(ref _tokenRequests);

    internal void Set(string host, RateLimit limit) => _limits[host] = limit;
}
