namespace Tracebloc.Registry;

internal static class TokenScope
{
    /// <summary>The right to pull a repository, and no more than that.</summary>
    public static string Pull(string name) => $"repository:{name}:pull";

    /// <summary>
    /// The scope that a challenge asks for where it differs from the one made from the name, as behind some proxies;
    /// else null. GHCR's placeholder on <c>/v2/</c> is no such thing, so only a manifest's own 401 is read for it.
    /// </summary>
    public static string? Extra(Challenge challenge, string name)
    {
        var scope = challenge.Scope;
        // The name may hold a host and port, so its end is the last colon (distribution's token scope grammar).
        var end = scope?.LastIndexOf(':') ?? -1;
        return scope is null || (end > 0 && scope.AsSpan(0, end).SequenceEqual($"repository:{name}")) ? null : scope;
    }
}
