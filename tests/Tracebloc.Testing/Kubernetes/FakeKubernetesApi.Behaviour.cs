namespace Tracebloc.Testing.Kubernetes;

/// <remarks>The answers that clients get from now on.</remarks>
public sealed partial class FakeKubernetesApi
{
    /// <summary>Takes a permission away: of one name, or of all when none is given.</summary>
    public void Deny(string verb, string resource, string? name = null) => _access.Deny(verb, resource, name);

    /// <summary>Gives back what <see cref="Deny"/> took with the same arguments.</summary>
    public void Allow(string verb, string resource, string? name = null) => _access.Allow(verb, resource, name);

    /// <summary>Scripts the next calls that meet the condition; each fault serves once, in the order given.</summary>
    public void Fail(Func<FakeCall, bool> condition, FakeFault fault, int times = 1) =>
        _faults.Add(condition, fault, times);

    /// <inheritdoc cref="Fail(Func{FakeCall, bool}, FakeFault, int)"/>
    public void Fail(string verb, string resource, FakeFault fault, int times = 1) =>
        Fail(call => call.Verb == verb && call.Resource == resource, fault, times);

    /// <summary>Sends a bookmark of the current version to every open watch that allows bookmarks.</summary>
    public void SendBookmark() => _watches.SendBookmark();

    /// <summary>Ends every open watch, as a server does after a while.</summary>
    public void EndWatches() => _watches.End();

    /// <summary>Forgets the history: watches and lists from older versions are answered with 410.</summary>
    public void ForgetHistory() => _watches.ForgetHistory();
}
