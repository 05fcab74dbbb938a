namespace Tracebloc.Testing.Web;

/// <summary>A file of a web server and the headers that it is served with.</summary>
/// <param name="Content">The bytes as they are sent.</param>
public sealed record FakeFile(ReadOnlyMemory<byte> Content)
{
    public string? ETag { get; init; } = "\"v1\"";

    public string? LastModified { get; init; }

    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>The encoding of <see cref="Content"/>, stated whatever the client accepts.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>False answers a range with the whole.</summary>
    public bool TakesRanges { get; init; } = true;

    /// <summary>False sends chunks without a length.</summary>
    public bool StatesLength { get; init; } = true;

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public FakeFile With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };
}
