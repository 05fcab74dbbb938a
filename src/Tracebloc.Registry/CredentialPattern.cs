namespace Tracebloc.Registry;

/// <summary>
/// The key of a docker configuration, read as the kubelet reads it (pkg/credentialprovider/keyring.go): scheme and API
/// version are dropped, globs stand for a part of one label, ports must be equal, the path is a prefix.
/// </summary>
internal sealed class CredentialPattern
{
    private readonly string[] _labels;
    private readonly string _port;
    private readonly string _path;

    private CredentialPattern(string host, string port, string path)
    {
        _labels = host.StartsWith('[') ? [host] : host.Split('.');
        _port = port;
        _path = path;
        Key = $"{host}{port}{path}";
    }

    /// <summary>The normalised text, by which patterns sort.</summary>
    public string Key { get; }

    /// <summary>The repository to match patterns against; nothing in it is a scheme, a version or a glob.</summary>
    public static CredentialPattern Of(string host, string path) => Create(host, $"/{path}");

    public static CredentialPattern Parse(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? Create(rest, "") : Create(rest[..slash], WithoutVersion(rest[slash..]));
    }

    public bool Matches(CredentialPattern target)
    {
        if (_port != target._port || _labels.Length != target._labels.Length
            || !target._path.StartsWith(_path, StringComparison.Ordinal))
            return false;
        for (var i = 0; i < _labels.Length; i++)
            if (_labels[i] != target._labels[i] && !Glob.Matches(_labels[i], target._labels[i]))
                return false;
        return true;
    }

    private static CredentialPattern Create(string authority, string path)
    {
        authority = authority.ToLowerInvariant();
        var colon = authority.IndexOf(':', authority.IndexOf(']', StringComparison.Ordinal) + 1);
        return colon < 0
            ? new CredentialPattern(WithoutAlias(authority), "", path)
            : new CredentialPattern(authority[..colon], authority[colon..], path);
    }

    private static string WithoutVersion(string path)
    {
        var rest = path is ['/', 'v', '1' or '2'] or ['/', 'v', '1' or '2', '/', ..] ? path[3..] : path;
        return rest == "/" ? "" : rest;
    }

    private static string WithoutAlias(string host) =>
        host is "index.docker.io" or "registry-1.docker.io" ? "docker.io" : host;
}
