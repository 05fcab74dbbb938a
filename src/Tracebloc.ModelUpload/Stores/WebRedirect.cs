using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// The rules of redirects. The framework's own would follow to private addresses, and drop the token on one host.
/// </summary>
internal static class WebRedirect
{
    private const int MostHops = 5;

    public static bool Is(HttpResponseMessage response) => (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;

    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Authority == other.Authority;

    /// <summary>The address that the answer points to.</summary>
    /// <exception cref="UploadException">It must not be followed.</exception>
    public static Uri TargetOf(HttpResponseMessage response, WebCall call, Uri from, int hops)
    {
        var location = response.Headers.NonValidated.TryGetValues("Location", out var lines) ? lines.ToString() : "";
        var isAddress = Uri.TryCreate(from, location, out var target) && location.Length > 0;
        return isAddress && target is not null && FaultOf(from, target, hops) is not { } fault
            ? target
            : throw UploadException.OfSource(
                $"{call.Name} cannot be read: {from.Authority} redirects "
                    + (isAddress && target is not null ? FaultOf(from, target, hops) : "without an address"));
    }

    private static string? FaultOf(Uri from, Uri target, int hops)
    {
        if (hops == MostHops)
            return $"more than {MostHops} times; give the address that it ends at";
        if (target.Scheme != Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttp)
            return $"to an address of scheme {target.Scheme}";
        if (target.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttps)
            return $"from https to plain http at {target.Authority}; give an address that stays with https";
        if (target.UserInfo.Length > 0)
            return $"to {target.Authority} with a user in the address";
        return NetworkAddress.IsOffLimits(target, from)
            ? $"to the private address {target.Authority}; give that address itself where it is meant"
            : null;
    }
}
