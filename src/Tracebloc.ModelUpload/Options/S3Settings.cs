using Tracebloc.Configuration;

namespace Tracebloc.ModelUpload.Options;

/// <summary>A bucket and the key or prefix in it, with the account that reads or writes it.</summary>
internal sealed record S3Settings
{
    public required string Bucket { get; init; }

    /// <summary>An object, or a prefix with or without its last slash; never empty.</summary>
    public required string Key { get; init; }

    public string? Region { get; init; }

    /// <summary>Null for AWS.</summary>
    public Uri? Endpoint { get; init; }

    public required string AccessKeyId { get; init; }

    public required Secret SecretAccessKey { get; init; }

    public Secret? SessionToken { get; init; }

    /// <summary>The path of a PEM bundle of authorities beyond the system's.</summary>
    public string? CustomCa { get; init; }
}
