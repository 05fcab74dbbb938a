using System.Net;
using System.Net.Sockets;

namespace Tracebloc.Net;

/// <summary>Addresses that a registry must not redirect to: the client's own host and its private network.</summary>
public static class NetworkAddress
{
    /// <summary>True when a URL names this machine, by name or address.</summary>
    public static bool IsLoopback(Uri uri) =>
        uri.IsLoopback || (Parse(uri) is { } address && IPAddress.IsLoopback(address));

    /// <summary>
    /// True when a realm or redirect must not be followed: a private, link-local or loopback address (169.254.169.254
    /// hands out a cloud's credentials) that is not the host that named it. Names are not looked up for this.
    /// </summary>
    public static bool IsOffLimits(Uri target, Uri origin)
    {
        if (target.IdnHost.Equals(origin.IdnHost, StringComparison.OrdinalIgnoreCase))
            return false;
        return IsLoopback(target) || (Parse(target) is { } address && IsInternal(BehindNat64(address)));
    }

    private static IPAddress? Parse(Uri uri)
    {
        if (uri.HostNameType is not (UriHostNameType.IPv4 or UriHostNameType.IPv6))
            return null;
        var address = IPAddress.Parse(uri.IdnHost);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>The IPv4 address that a gateway makes of <c>64:ff9b::/96</c> (RFC 6052); others stay.</summary>
    private static IPAddress BehindNat64(IPAddress address) =>
        address.GetAddressBytes() is [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. { Length: 4 } inner]
            ? new IPAddress(inner)
            : address;

    private static bool IsInternal(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal
                || address.Equals(IPAddress.IPv6Any)
            : bytes[0] switch
            {
                0 or 10 or 127 => true,
                100 => bytes[1] is >= 64 and < 128,
                169 => bytes[1] == 254,
                172 => bytes[1] is >= 16 and < 32,
                192 => bytes[1] == 168 || bytes is [_, 0, 0, _], // 192.0.0.192 is Oracle's 169.254.169.254
                _ => false,
            };
    }
}
