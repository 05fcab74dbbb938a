namespace Tracebloc.ModelUpload.Options;

/// <summary>The parts of <c>s3://bucket/key?endpoint=…&amp;defaultRegion=…</c> that were given.</summary>
internal sealed record S3Address
{
    public string? Bucket { get; init; }

    public string? Key { get; init; }

    public string? Endpoint { get; init; }

    public string? Region { get; init; }
}
