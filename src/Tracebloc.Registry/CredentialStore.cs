using System.Text;

namespace Tracebloc.Registry;

/// <summary>
/// Credentials by registry, matched as the kubelet matches image pull secrets, so that this program and the pods it
/// refreshes are let in alike. Immutable. Credential helpers (<c>credsStore</c>, <c>credHelpers</c>) are not run.
/// </summary>
public sealed class CredentialStore
{
    // Most specific first. The kubelet's order is the reverse of its keys', which puts a path before its prefix and a
    // name before a glob ("*" sorts before letters).
    private readonly List<(CredentialPattern Pattern, RegistryCredential Credential)> _entries = [];

    private CredentialStore()
    {
    }

    /// <summary>Holds no credentials.</summary>
    public static CredentialStore Empty { get; } = new();

    /// <summary>
    /// Reads the content of a <c>.dockerconfigjson</c> (with <c>auths</c>) or of a legacy <c>.dockercfg</c>, in UTF-8.
    /// Entries without any credential, as Docker leaves them when it uses a credential helper, are passed over.
    /// </summary>
    /// <exception cref="FormatException">
    /// The content is malformed; the message gives the place (<c>auths["ghcr.io"].auth</c>) and never a value.
    /// </exception>
    public static CredentialStore Parse(ReadOnlyMemory<byte> json)
    {
        var store = new CredentialStore();
        foreach (var (key, credential) in DockerConfigReader.Read(json))
            store.Insert(key, credential, aheadOfEquals: false);
        return store;
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static CredentialStore Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>
    /// This store and one more credential, preferred to those it has under the same key. The key is what a docker
    /// configuration has as one: a host, with port, path prefix or globs as wanted.
    /// </summary>
    public CredentialStore With(string key, RegistryCredential credential)
    {
        var store = new CredentialStore();
        store._entries.AddRange(_entries);
        store.Insert(key, credential, aheadOfEquals: true);
        return store;
    }

    /// <summary>
    /// Every distinct credential that fits the repository, the one to try first at the front; empty when there is none.
    /// </summary>
    /// <param name="host">The registry as references name it, with its port if any: <c>docker.io</c>.</param>
    /// <param name="path">The repository's path, <c>library/nginx</c>.</param>
    public IReadOnlyList<RegistryCredential> For(string host, string path)
    {
        List<RegistryCredential> found = [];
        var target = CredentialPattern.Of(host, path);
        foreach (var (pattern, credential) in _entries)
            if (pattern.Matches(target) && !found.Contains(credential))
                found.Add(credential);
        return found;
    }

    private void Insert(string key, RegistryCredential credential, bool aheadOfEquals)
    {
        var pattern = CredentialPattern.Parse(key);
        var limit = aheadOfEquals ? 1 : 0;
        var at = _entries.FindIndex(e => Math.Sign(string.CompareOrdinal(e.Pattern.Key, pattern.Key)) < limit);
        _entries.Insert(at < 0 ? _entries.Count : at, (pattern, credential));
    }
}
