using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tracebloc.Net;

/// <summary>
/// The exceptions of <c>NO_PROXY</c>, separated by commas: <c>*</c>, <c>10.96.0.0/12</c>, an address,
/// <c>example.com</c> (with its sub-domains), <c>.example.com</c> or <c>*.example.com</c> (sub-domains only); all but
/// the first two may have a port. What cannot be read is ignored, as in Go. This machine never needs a proxy.
/// </summary>
internal sealed class NoProxyList
{
    private readonly List<Rule> _rules = [];

    private delegate bool Rule(string host, IPAddress? address, string port);

    public static NoProxyList Parse(string? text)
    {
        var list = new NoProxyList();
        foreach (var entry in (text ?? "").Split(','))
            if (ParseRule(entry.Trim().ToLowerInvariant()) is { } rule)
                list._rules.Add(rule);
        return list;
    }

    public bool Covers(Uri destination)
    {
        var host = destination.IdnHost;
        var address = ParseAddress(host);
        if (host == "localhost" || (address is not null && IPAddress.IsLoopback(address)))
            return true;
        var port = destination.Port.ToString(CultureInfo.InvariantCulture);
        foreach (var rule in _rules)
            if (rule(host, address, port))
                return true;
        return false;
    }

    private static Rule? ParseRule(string entry)
    {
        if (entry == "*")
            return (_, _, _) => true;
        if (ParseNetwork(entry) is { } network)
            return (_, address, _) => address is not null && network.Contains(address);
        var (name, port) = SplitPort(entry);
        if (ParseAddress(name) is { } same)
            return (_, address, to) => same.Equals(address) && (port is null || port == to);
        var domain = name.StartsWith("*.", StringComparison.Ordinal) ? name[1..] : name;
        return domain.Length == 0 ? null : (host, _, to) => IsWithin(domain, host) && (port is null || port == to);
    }

    private static bool IsWithin(string domain, string host) =>
        host.EndsWith(domain, StringComparison.Ordinal)
            && (domain[0] == '.' || host.Length == domain.Length || host[^(domain.Length + 1)] == '.');

    private static (string Name, string? Port) SplitPort(string entry)
    {
        var colon = entry.LastIndexOf(':');
        if (entry.StartsWith('[') && entry.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
            return (entry[1..end], colon == end + 1 ? entry[(colon + 1)..] : null);
        return colon < 0 || colon != entry.IndexOf(':', StringComparison.Ordinal)
            ? (entry, null)
            : (entry[..colon], entry[(colon + 1)..]);
    }

    private static IPNetwork? ParseNetwork(string entry)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && ParseAddress(entry[..slash]) is not null && IPNetwork.TryParse(entry, out var network)
            ? network
            : null;
    }

    // The framework also reads "10" and "0x0a.1" as addresses, Go only the form that an address is printed in.
    private static IPAddress? ParseAddress(string text)
    {
        if (text.StartsWith('[') || !IPAddress.TryParse(text, out var address))
            return null;
        if (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text)
            return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
