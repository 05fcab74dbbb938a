namespace Tracebloc.Registry;

/// <summary>The name of a registry in a configuration: host and port, as in image references.</summary>
public static class RegistryName
{
    /// <summary>The host with Docker Hub's aliases made one; null when it is none.</summary>
    public static string? Normalize(string host)
    {
        if (host is "index.docker.io" or "registry-1.docker.io") return "docker.io";
        return IsHost(host) ? host : null;
    }

    /// <summary>A host, perhaps a port, perhaps a path; perhaps with a scheme.</summary>
    public static bool IsMirror(string mirror)
    {
        var rest = mirror.AsSpan();
        if (rest.StartsWith("https://")) rest = rest[8..];
        else if (rest.StartsWith("http://")) rest = rest[7..];
        foreach (var character in rest)
            if (character is <= ' ' or > '~' or '?' or '#') return false;
        var slash = rest.IndexOf('/');
        return IsHost((slash < 0 ? rest : rest[..slash]).ToString());
    }

    // With a port in between, the reference's grammar takes even a single label for a host.
    private static bool IsHost(string host) => IsDomain(host) || IsDomain($"{host}:443");

    private static bool IsDomain(string host) =>
        ImageReference.TryParse($"{host}/library/image", out var reference, out _)
            && reference.Domain == host
            && reference.Path == "library/image";
}
