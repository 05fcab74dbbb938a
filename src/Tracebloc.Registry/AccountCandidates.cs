using System.Collections.Concurrent;

namespace Tracebloc.Registry;

/// <summary>The accounts that one call can use at one host, for each repository in the order to try them.</summary>
internal sealed class AccountCandidates(HostGate gate, CredentialSource? own)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<RegistryCredential>> _matching = [];

    /// <summary>The repositories that the call asks for, so that one token can serve them all.</summary>
    public IReadOnlyCollection<string> Names { get; set; } = [];

    /// <summary>
    /// The host's own credential first, then the most specific, at most 8; anonymous at the end where that makes sense.
    /// </summary>
    public IEnumerable<RegistryAccount> For(string name)
    {
        var hasAny = false;
        foreach (var source in SourcesFor(name))
        {
            var account = gate.State.AccountOf(source);
            yield return account;
            hasAny |= !account.IsEmpty;
        }
        if (!hasAny || gate.Endpoint.Options.AnonymousRetry)
            yield return gate.State.AccountOf(CredentialSource.Anonymous);
    }

    /// <summary>The accounts for a target: behind a redirect to another host the anonymous one alone.</summary>
    public IEnumerable<RegistryAccount> For(ManifestTarget target) => target.IsForeign
        ? [gate.State.AccountOf(CredentialSource.Anonymous)]
        : For(target.Name ?? "");

    /// <summary>The repositories for which this account is the one to try next.</summary>
    public IEnumerable<string> NamesOf(RegistryAccount account) =>
        from name in Names
        where For(name).FirstOrDefault(candidate => candidate is { IsRefused: false, Failure: null }) == account
        select name;

    private IEnumerable<CredentialSource> SourcesFor(string name)
    {
        if (own is not null)
            yield return own;
        var matching = _matching.GetOrAdd(name, _ => gate.Options.Credentials.For(gate.Endpoint.Host, name));
        foreach (var credential in matching)
            yield return new CredentialSource(credential);
    }
}
