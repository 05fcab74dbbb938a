using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tracebloc.Registry;

// Rejects hosts that match the pattern of distribution/reference but fit no URL (a port of 70000, a label of 64
// letters, an address of nine groups), so that a parsed reference can always be looked up.
internal static partial class ImageReferenceParser
{
    private static string? DomainFault(string domain)
    {
        var (host, port) = SplitPort(domain);
        if (host.StartsWith('[') ? !IsIPv6(host) : !IsHostName(host))
            return $"\"{host}\" is not a registry host; "
                + "write a name, an IPv4 address, or an IPv6 address in brackets and without a zone";
        return port is null || IsPort(port)
            ? null
            : $"\"{domain}\" has no port from 1 to 65535 where one belongs; write host/path or host:port/path";
    }

    private static (string Host, string? Port) SplitPort(string domain)
    {
        var end = domain.StartsWith('[')
            ? domain.IndexOf(']', StringComparison.Ordinal) + 1
            : domain.IndexOf(':', StringComparison.Ordinal);
        return end <= 0 || end == domain.Length ? (domain, null) : (domain[..end], domain[end..]);
    }

    private static bool IsPort(ReadOnlySpan<char> port) =>
        port.Length is > 1 and < 7 && port[0] == ':' && port[1..].All(char.IsAsciiDigit)
            && int.Parse(port[1..], CultureInfo.InvariantCulture) is > 0 and < 65536;

    private static bool IsIPv6(ReadOnlySpan<char> host) =>
        host[^1] == ']' && host[1..^1].All(c => char.IsAsciiHexDigit(c) || c == ':')
            && IPAddress.TryParse(host[1..^1], out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool IsHostName(ReadOnlySpan<char> host)
    {
        foreach (var range in host.Split('.'))
            if (!IsLabel(host[range]))
                return false;
        return host.Length < 254;
    }

    private static bool IsLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and < 64 && label[0] != '-' && label[^1] != '-'
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
