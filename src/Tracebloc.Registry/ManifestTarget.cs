using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>A manifest, or another content of a repository, to ask a host for.</summary>
/// <param name="Uri">Where.</param>
/// <param name="Name">
/// The repository as the host knows it, for the token's scope; null where no credential may go.
/// </param>
/// <param name="Hops">How many redirects led here.</param>
internal sealed record ManifestTarget(Uri Uri, string? Name, int Hops = 0)
{
    private const int MaxHops = 5;

    /// <summary>The media types that are welcome.</summary>
    public string Accept { get; init; } = HttpCall.ManifestTypes;

    /// <summary>Where a redirect leads, or null with the reason not to follow it.</summary>
    public ManifestTarget? Follow(Uri location, bool mayBePlain, out string? fault)
    {
        fault = null;
        if (Hops == MaxHops)
            fault = $"more than {MaxHops} redirects";
        else if (location.Scheme is not ("https" or "http"))
            fault = "a redirect to something other than a web address";
        else if (location.Scheme == "http" && Uri.Scheme == "https")
            fault = "a redirect from https to plain http";
        else if (NetworkAddress.IsOffLimits(location, Uri))
            fault = "a redirect to a private address";
        else if (location.Scheme == "http" && !mayBePlain)
            fault = $"a redirect to {location.Authority} in plain http, which is not declared insecure";
        else
            return this with
            {
                Uri = location,
                Name = NameOf(location) ?? (IsSameOrigin(location) ? Name : null),
                Hops = Hops + 1,
            };
        return null;
    }

    public bool IsSameOrigin(Uri other) => Uri.Scheme == other.Scheme && Uri.Authority == other.Authority;

    private static string? NameOf(Uri uri)
    {
        const string start = "/v2/";
        var path = uri.AbsolutePath;
        var end = path.LastIndexOf("/manifests/", StringComparison.Ordinal);
        return end > start.Length && path.StartsWith(start, StringComparison.Ordinal) ? path[start.Length..end] : null;
    }
}
