using System.Net;

namespace Tracebloc.Net;

/// <summary>One proxy, with what its URL held before the "@" kept apart from what may be printed.</summary>
internal sealed class ProxyAddress
{
    private ProxyAddress(Uri uri, NetworkCredential? credential)
    {
        Uri = uri;
        Credential = credential;
    }

    public Uri Uri { get; }

    public NetworkCredential? Credential { get; }

    /// <exception cref="ProxyException">The value is no address; the message gives the variable only.</exception>
    public static ProxyAddress Parse(string value, string variable)
    {
        var text = value.Contains("://", StringComparison.Ordinal) ? value : $"http://{value}";
        // A "#", "?" or "/" left bare in a password ends the host early: an "@" remains that belongs to no user.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5" or "socks5h")
            || uri.Host.Length == 0
            || (uri.UserInfo.Length == 0 && text.Contains('@', StringComparison.Ordinal)))
            throw new ProxyException($"{variable} is not the address of a proxy; write http://host:port or "
                + "http://user:password@host:port, with special characters in the password as %XX");
        return Of(uri);
    }

    public static ProxyAddress Of(Uri uri) => new(WithoutUser(uri), CredentialOf(uri.UserInfo));

    // The framework names socks5 what others name socks5h (the proxy resolves names), and has no port for it.
    private static Uri WithoutUser(Uri uri) =>
        new UriBuilder(uri.Scheme == "socks5h" ? "socks5" : uri.Scheme, uri.Host, uri.Port < 0 ? 1080 : uri.Port).Uri;

    private static NetworkCredential? CredentialOf(string userInfo)
    {
        if (userInfo.Length == 0)
            return null;
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new NetworkCredential(Uri.UnescapeDataString(userInfo), "")
            : new NetworkCredential(
                Uri.UnescapeDataString(userInfo[..colon]), Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }
}
