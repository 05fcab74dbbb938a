using Tracebloc.Registry.Pushing;

namespace Tracebloc.Registry;

/// <summary>The way in that a host offers, and the scopes that its challenges name for repositories.</summary>
internal sealed class ChallengeBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, IReadOnlyList<string>> _others = [];
    private readonly Dictionary<string, string> _wider = [];

    /// <summary>
    /// The challenge that the host sent last and that this client can meet; null while there was none.
    /// </summary>
    public Challenge? Current { get; private set; }

    /// <summary>Bearer where it is offered, since it keeps the password from the registry; Basic otherwise.</summary>
    public static Challenge? Choose(Reply reply)
    {
        var offered = Challenge.Parse(reply.Lines("WWW-Authenticate"));
        return offered.FirstOrDefault(challenge => challenge.Is("Bearer"))
            ?? offered.FirstOrDefault(challenge => challenge.Is("Basic"));
    }

    /// <summary>Takes the challenge out of a reply; false when there is none that this client can meet.</summary>
    /// <param name="reply">A 401 or 403.</param>
    /// <param name="name">The repository that was asked for; null when it was none.</param>
    public bool Learn(Reply reply, string? name)
    {
        if (Choose(reply) is not { } challenge)
            return false;
        if (name is not null)
            lock (_gate)
            {
                if (TokenScope.Others(challenge, name) is { Count: > 0 } others)
                    _others[name] = others;
                if (TokenScope.Wider(challenge, name) is { } wider)
                    _wider[name] = wider;
            }
        Current = challenge;
        return true;
    }

    /// <summary>True when this or an earlier challenge asks for more than the right to pull the repository.</summary>
    public bool AsksForMore(Reply reply, string name)
    {
        if (Choose(reply) is { } challenge && TokenScope.Wider(challenge, name) is not null)
            return true;
        lock (_gate)
            return _wider.ContainsKey(name);
    }

    /// <summary>The scopes for a token.</summary>
    /// <param name="names">The repositories.</param>
    /// <param name="widened">
    /// All that the challenges asked for. Without it the right to pull alone, which is enough for nearly every registry
    /// that asks for more.
    /// </param>
    public List<string> ScopesOf(IReadOnlyList<string> names, bool widened)
    {
        var scopes = new List<string>(names.Count);
        lock (_gate)
            foreach (var name in names)
            {
                scopes.Add(widened && _wider.TryGetValue(name, out var wider) ? wider : TokenScope.Pull(name));
                if (_others.TryGetValue(name, out var others))
                    scopes.AddRange(others.Where(other => !scopes.Contains(other)));
            }
        return scopes;
    }

    /// <summary>
    /// The scopes for a token that allows a push. That of the repository comes last, since GitLab honours the last
    /// alone (manifest-tool #53).
    /// </summary>
    public List<string> ScopesOf(string name, PushCall push)
    {
        var scopes = new List<string>();
        lock (_gate)
        {
            var others = _others.GetValueOrDefault(name) ?? [];
            scopes.AddRange(others.Concat(push.Scopes.SkipLast(1)).Distinct());
            scopes.Add(_wider.TryGetValue(name, out var wider) && TokenScope.Includes(wider, push.Scopes[^1])
                ? wider
                : push.Scopes[^1]);
        }
        return scopes;
    }

    /// <summary>Drops the scopes of a repository: no token is to be had for them.</summary>
    public void Forget(string name)
    {
        lock (_gate)
        {
            _others.Remove(name);
            _wider.Remove(name);
        }
    }
}
