using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>The token server that a challenge names, after the rules on where credentials may go.</summary>
internal static class TokenRealm
{
    /// <summary>The realm's URL, or null with the reason in <paramref name="fault"/>.</summary>
    /// <param name="challenge">Of the registry.</param>
    /// <param name="registry">The registry's URL.</param>
    /// <param name="mayBePlain">True when a URL of another host may be plain http.</param>
    /// <param name="fault">Worded to follow the registry's name.</param>
    public static Uri? Of(Challenge challenge, Uri registry, Func<Uri, bool> mayBePlain, out string? fault)
    {
        fault = null;
        if (challenge.Realm is null)
            fault = "its challenge names no token server (realm); the registry has to be configured with one";
        else if (!Uri.TryCreate(registry, challenge.Realm, out var realm) || realm.Scheme is not ("https" or "http"))
            fault = "its challenge's token server (realm) is not a URL; the registry has to be configured with one";
        else if (realm.Scheme == "http" && registry.Scheme == "https")
            fault = $"its token server {HttpCall.Print(realm)} is plain http, which is unencrypted; use https";
        else if (NetworkAddress.IsOffLimits(realm, registry))
            fault = $"its token server {HttpCall.Print(realm)} is at a private address of some machine; "
                + "use the registry's own host or a name";
        else if (realm.Scheme == "http" && realm.Host != registry.Host && !mayBePlain(realm))
            fault = $"its token server {HttpCall.Print(realm)} is another host in plain http, which is not declared "
                + "insecure; use https";
        else
            return realm;
        return null;
    }
}
