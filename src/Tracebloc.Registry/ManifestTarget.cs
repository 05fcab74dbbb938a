using Tracebloc.Registry.Pushing;

namespace Tracebloc.Registry;

/// <summary>A manifest, or another content of a repository, to ask a host for.</summary>
/// <param name="Uri">The URL.</param>
/// <param name="Name">
/// The repository's name on the host, for the token's scope; null where no credential may be sent.
/// </param>
/// <param name="Hops">The number of redirects that led here.</param>
internal sealed record ManifestTarget(Uri Uri, string? Name, int Hops = 0)
{
    /// <summary>The media types to accept.</summary>
    public string Accept { get; init; } = HttpCall.ManifestTypes;

    /// <summary>The bytes of body taken at most.</summary>
    public int MaxBody { get; init; } = HttpCall.LargestBody;

    /// <summary>A single request: no retry, and no other token after a refusal.</summary>
    public bool IsSingle { get; init; }

    /// <summary>
    /// True behind a redirect to another host. The first host chose the path, so no credential goes there, not even one
    /// of that host's own.
    /// </summary>
    public bool IsForeign { get; init; }

    /// <summary>The rights and the body of a request that writes; null for one that reads.</summary>
    public PushCall? Push { get; init; }

    /// <summary>True when the body of a success is left to be read as a stream.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>The first byte wanted of a streamed body.</summary>
    public long Offset { get; init; }

    /// <summary>The key of its token: each set of rights has its own.</summary>
    public string GrantKey => Push?.Key ?? Name ?? "";

    /// <summary>The target that a redirect leads to.</summary>
    public ManifestTarget At(Uri location) => this with
    {
        IsForeign = IsForeign || Uri.Authority != location.Authority,
        Uri = location,
        Name = NameOf(location) ?? (IsSameOrigin(location) ? Name : null),
        Hops = Hops + 1,
    };

    public bool IsSameOrigin(Uri other) => Redirect.IsSameOrigin(Uri, other);

    private static string? NameOf(Uri uri)
    {
        const string start = "/v2/";
        var path = uri.AbsolutePath;
        var end = path.LastIndexOf("/manifests/", StringComparison.Ordinal);
        return end > start.Length && path.StartsWith(start, StringComparison.Ordinal) ? path[start.Length..end] : null;
    }
}
