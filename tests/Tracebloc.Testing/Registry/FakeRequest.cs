namespace Tracebloc.Testing.Registry;

/// <summary>One request as a fake server received it.</summary>
public sealed record FakeRequest
{
    public required string Method { get; init; }

    /// <summary>The path as received, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The query as received, with its question mark, or empty.</summary>
    public string Query { get; init; } = "";

    /// <summary><c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Requests with the same id came over the same connection.</summary>
    public string ConnectionId { get; init; } = "";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A posted form's fields.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

    /// <summary>The scopes asked for, one per entry, wherever the request put them.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    /// <summary><c>none</c>, <c>Basic</c> or <c>Bearer</c>: the scheme of the Authorization header.</summary>
    public string AuthKind => Authorization?.Split(' ')[0] ?? "none";

    /// <summary>The repository of a manifest request, <c>tracebloc/jobs-manager</c>, else empty.</summary>
    public string Repository => ManifestPath is (var repository, _) ? repository : "";

    /// <summary>The tag or digest of a manifest request, else empty.</summary>
    public string Reference => ManifestPath is (_, var reference) ? reference : "";

    internal (string Repository, string Reference)? ManifestPath
    {
        get
        {
            const string marker = "/manifests/";
            var at = Path.LastIndexOf(marker, StringComparison.Ordinal);
            return at > 4 && Path.StartsWith("/v2/", StringComparison.Ordinal)
                ? (Path[4..at], Path[(at + marker.Length)..])
                : null;
        }
    }

    public override string ToString() => $"{Method} {Path}{Query} ({AuthKind})";
}
