using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Tracebloc.Hosting;

/// <summary>The address that a server listens on, as a user gives it.</summary>
public static class ListenAddress
{
    /// <summary>
    /// Reads <c>0.0.0.0:8080</c>, <c>[::]:8080</c>, <c>localhost:8080</c>, or <c>*:8080</c> for every IPv4 address.
    /// </summary>
    /// <returns>False for another host name, and without a port.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? address)
    {
        ArgumentNullException.ThrowIfNull(text);
        var port = text.LastIndexOf(':');
        var host = port < 0 ? "" : text[..port];
        // Without brackets the last group of an IPv6 address would be its port.
        var isPlain = host is ['[', .., ']'] || !host.Contains(':', StringComparison.Ordinal);
        var ip = host switch
        {
            "*" => $"{IPAddress.Any}",
            "localhost" => $"{IPAddress.Loopback}",
            _ => host,
        };
        address = null;
        return isPlain && ip.Length > 0 && IPEndPoint.TryParse(ip + text[port..], out address) && address.Port > 0;
    }
}
