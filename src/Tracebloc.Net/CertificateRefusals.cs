using System.Collections.Concurrent;

namespace Tracebloc.Net;

/// <summary>The reasons for refused certificates, by host. Safe for concurrent use.</summary>
public sealed class CertificateRefusals
{
    private readonly ConcurrentDictionary<string, string> _reasons = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The reason for the last refused certificate of a host, once; null when none was refused.</summary>
    /// <param name="host">The name, in ASCII, or the address of the connection.</param>
    public string? Take(string host) => _reasons.TryRemove(host, out var reason) ? reason : null;

    internal void Record(string host, string reason) => _reasons[host] = reason;
}
