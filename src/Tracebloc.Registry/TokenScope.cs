namespace Tracebloc.Registry;

/// <summary>
/// Scopes by distribution's token scope grammar: <c>type:name:action,action</c>, several with blanks.
/// </summary>
internal static class TokenScope
{
    private const string Reading = "pull";

    // A token names them for each repository. Proxies add one or two.
    private const int MaxOthers = 8;

    /// <summary>The right to pull a repository, and no more than that.</summary>
    public static string Pull(string name) => $"repository:{name}:{Reading}";

    /// <summary>The rights to pull and to push a repository: a push asks what is there.</summary>
    public static string Push(string name) => $"repository:{name}:{Reading},push";

    /// <summary>True when a repository's scope has every action of another of the same repository.</summary>
    public static bool Includes(string scope, string other) =>
        !ActionsOf(other).Except(ActionsOf(scope)).Any();

    /// <summary>
    /// The scopes of a challenge that differ from the repository's own, as behind some proxies. GHCR's placeholder on
    /// <c>/v2/</c> is no such thing, so only a manifest's own challenge is read for it.
    /// </summary>
    public static IReadOnlyList<string> Others(Challenge challenge, string name) =>
        [.. ScopesOf(challenge).Where(scope => ActionsOn(name, scope) is null).Distinct().Take(MaxOthers)];

    /// <summary>
    /// The repository's own scope with what a challenge asks for beside <c>pull</c>; null where that is nothing.
    /// </summary>
    public static string? Wider(Challenge challenge, string name)
    {
        var actions = ScopesOf(challenge).SelectMany(scope => ActionsOn(name, scope) ?? []).Append(Reading)
            .Where(action => action.Length > 0).Distinct().OrderBy(action => action != Reading).ToList();
        return actions.Count > 1 ? $"repository:{name}:{string.Join(',', actions)}" : null;
    }

    private static string[] ScopesOf(Challenge challenge) =>
        challenge.Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string[] ActionsOf(string scope) => scope[(scope.LastIndexOf(':') + 1)..].Split(',');

    // The name may hold a host and port, so its end is the last colon.
    private static string[]? ActionsOn(string name, string scope)
    {
        var end = scope.LastIndexOf(':');
        return end > 0 && scope.AsSpan(0, end).SequenceEqual($"repository:{name}")
            ? scope[(end + 1)..].Split(',')
            : null;
    }
}
