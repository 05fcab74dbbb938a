using System.Diagnostics.CodeAnalysis;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>
/// The rules for redirects of manifests and tokens alike. They are followed by hand: SocketsHttpHandler drops
/// Authorization even on the same host, and follows to private addresses.
/// </summary>
internal static class Redirect
{
    private const int MaxHops = 5;

    public static bool Is(Reply reply) => reply is { HasAnswer: true, Status: 301 or 302 or 303 or 307 or 308 };

    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Authority == other.Authority;

    /// <summary>Reads the target of a redirect, or returns the reason why it must not be followed.</summary>
    /// <param name="reply">The redirect.</param>
    /// <param name="hops">The number of redirects followed before this one.</param>
    /// <param name="mayBePlain">True when a URL of another host may be plain http.</param>
    /// <param name="location">The absolute target.</param>
    /// <param name="fault">The reason, worded to follow "answered with".</param>
    public static bool TryFollow(
        Reply reply,
        int hops,
        Func<Uri, bool> mayBePlain,
        [NotNullWhen(true)] out Uri? location,
        [NotNullWhen(false)] out string? fault)
    {
        if (!Uri.TryCreate(reply.Uri, reply.Lines("Location").FirstOrDefault(), out location))
            fault = "a redirect without a target";
        else
            fault = hops == MaxHops ? $"more than {MaxHops} redirects" : FaultOf(reply.Uri, location, mayBePlain);
        return fault is null && location is not null;
    }

    /// <summary>The reason why an address that a server gave must not be asked, or null.</summary>
    public static string? FaultOf(Uri from, Uri location, Func<Uri, bool> mayBePlain)
    {
        if (location.Scheme is not ("https" or "http"))
            return "a redirect to something other than a web address";
        if (location.Scheme == "http" && from.Scheme == "https")
            return "a redirect from https to plain http";
        if (NetworkAddress.IsOffLimits(location, from))
            return "a redirect to a private address";
        return location.Scheme == "http" && from.Host != location.Host && !mayBePlain(location)
            ? $"a redirect to {location.Authority} in plain http, which is not declared insecure"
            : null;
    }
}
