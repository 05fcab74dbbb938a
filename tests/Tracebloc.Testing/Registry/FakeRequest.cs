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

    /// <summary>The posted JSON, else empty.</summary>
    public string Body { get; init; } = "";

    /// <summary>A posted form's fields.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

    /// <summary>The scopes asked for, one per entry, wherever the request put them.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    /// <summary><c>none</c>, <c>Basic</c> or <c>Bearer</c>: the scheme of the Authorization header.</summary>
    public string AuthKind => Authorization?.Split(' ')[0] ?? "none";

    /// <summary>The repository of a request for its content, <c>tracebloc/jobs-manager</c>, else empty.</summary>
    public string Repository => ContentPath is (var repository, _, _) ? repository : UploadPath?.Repository ?? "";

    /// <summary>True when it needs the right to push.</summary>
    public bool Writes => UploadPath is not null || (ContentPath is not null && Method is not ("GET" or "HEAD"));

    /// <summary>The tag or digest of a request for a repository's content, else empty.</summary>
    public string Reference => ContentPath is (_, _, var reference) ? reference : "";

    internal FakeUploadPath? UploadPath => FakeUploadPath.Of(Path);

    internal (string Repository, string Kind, string Reference)? ContentPath
    {
        get
        {
            var parts = Path.Split('/');
            return parts is ["", "v2", .. { Length: > 0 } name, "manifests" or "blobs" or "referrers", { Length: > 0 }]
                ? (string.Join('/', name), parts[^2], parts[^1])
                : null;
        }
    }

    public override string ToString() => $"{Method} {Path}{Query} ({AuthKind})";
}
