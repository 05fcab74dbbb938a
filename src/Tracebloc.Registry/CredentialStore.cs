namespace Tracebloc.Registry;

/// <summary>
/// Credentials by registry, matched as the kubelet matches image pull secrets, so that this program and the pods it
/// refreshes use the same credentials. Immutable.
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
    /// Entries without any credential, as Docker leaves them when it uses a credential helper, are passed over. Helpers
    /// that it names (<c>credHelpers</c>, <c>credsStore</c>) are not run, as the kubelet runs none for a pull secret.
    /// </summary>
    /// <param name="json">The content.</param>
    /// <param name="fault">
    /// The fault of malformed content: the place (<c>auths["ghcr.io"].auth</c>) and never a value; null for none.
    /// </param>
    /// <returns>Null when the content is malformed.</returns>
    public static CredentialStore? Read(ReadOnlyMemory<byte> json, out string? fault)
    {
        if (DockerConfigReader.Read(json, out fault) is not { } credentials)
            return null;
        var store = new CredentialStore();
        foreach (var (key, credential) in credentials)
            store.Insert(CredentialPattern.Parse(key), credential, aheadOfEquals: false);
        return store;
    }

    /// <summary>
    /// True for a valid name of a credential helper: <c>ecr-login</c> for the program
    /// <c>docker-credential-ecr-login</c>.
    /// </summary>
    public static bool IsHelperName(string name) =>
        name.Length > 0 && name.AsSpan().All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>
    /// This store and one more credential, preferred to those it has under the same key. The key is what a docker
    /// configuration has as one: a host, with port, path prefix or globs as wanted.
    /// </summary>
    public CredentialStore With(string key, RegistryCredential credential)
    {
        var store = Copy();
        store.Insert(CredentialPattern.Parse(key), credential, aheadOfEquals: true);
        return store;
    }

    /// <summary>This store and another, whose entries are preferred to those this one has under the same key.</summary>
    public CredentialStore With(CredentialStore other)
    {
        var store = Copy();
        foreach (var (pattern, credential) in other._entries.AsEnumerable().Reverse())
            store.Insert(pattern, credential, aheadOfEquals: true);
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

    private CredentialStore Copy()
    {
        var store = new CredentialStore();
        store._entries.AddRange(_entries);
        return store;
    }

    private void Insert(CredentialPattern pattern, RegistryCredential credential, bool aheadOfEquals)
    {
        var limit = aheadOfEquals ? 1 : 0;
        var at = _entries.FindIndex(e => Math.Sign(string.CompareOrdinal(e.Pattern.Key, pattern.Key)) < limit);
        _entries.Insert(at < 0 ? _entries.Count : at, (pattern, credential));
    }
}
