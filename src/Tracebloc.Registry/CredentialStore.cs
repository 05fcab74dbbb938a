namespace Tracebloc.Registry;

/// <summary>
/// Credentials by registry, matched as the kubelet matches image pull secrets, so that this program and the pods it
/// refreshes use the same credentials. Immutable.
/// </summary>
public sealed class CredentialStore
{
    private const int MaxMatching = 8;

    // Most specific first. The kubelet's order is the reverse of its keys', which puts a path before its prefix and a
    // name before a glob ("*" sorts before letters).
    private readonly Entry[] _entries;

    private CredentialStore(Entry[] entries) => _entries = entries;

    /// <summary>Holds no credentials.</summary>
    public static CredentialStore Empty { get; } = new([]);

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
    public static CredentialStore? Read(ReadOnlyMemory<byte> json, out string? fault) =>
        Read(json, StringComparer.Ordinal, out fault);

    /// <summary>The same, with a comparer that is as <see cref="StringComparer.Ordinal"/> in all it compares.</summary>
    internal static CredentialStore? Read(ReadOnlyMemory<byte> json, StringComparer order, out string? fault) =>
        DockerConfigReader.Read(json, order, out fault) is { } credentials
            ? new CredentialStore(
            [
                .. credentials.Select(found => new Entry(found.Key, found.Credential))
                    .OrderByDescending(entry => entry.Pattern.Key, order),
            ])
            : null;

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
    public CredentialStore With(string key, RegistryCredential credential) =>
        new(Merge([new Entry(key, credential)], _entries));

    /// <summary>This store and another, whose entries are preferred to those this one has under the same key.</summary>
    public CredentialStore With(CredentialStore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Merge(other._entries, _entries));
    }

    /// <summary>
    /// The distinct credentials that fit the repository, at most 8, the one to try first at the front; empty when there
    /// is none.
    /// </summary>
    /// <param name="host">The registry as references name it, with its port if any: <c>docker.io</c>.</param>
    /// <param name="path">The repository's path, <c>library/nginx</c>.</param>
    public IReadOnlyList<RegistryCredential> For(string host, string path)
    {
        var target = CredentialPattern.Of(host, path);
        return
        [
            .. _entries.Where(entry => entry.Pattern.Matches(target)).Select(entry => entry.Credential)
                .Distinct().Take(MaxMatching),
        ];
    }

    private static Entry[] Merge(Entry[] preferred, Entry[] others)
    {
        var merged = new Entry[preferred.Length + others.Length];
        var (i, j) = (0, 0);
        while (i + j < merged.Length)
        {
            var isPreferred = j == others.Length || (i < preferred.Length
                && string.CompareOrdinal(preferred[i].Pattern.Key, others[j].Pattern.Key) >= 0);
            merged[i + j] = isPreferred ? preferred[i++] : others[j++];
        }
        return merged;
    }

    private sealed record Entry(CredentialPattern Pattern, RegistryCredential Credential)
    {
        public Entry(string key, RegistryCredential credential) : this(CredentialPattern.Parse(key), credential)
        {
        }
    }
}
