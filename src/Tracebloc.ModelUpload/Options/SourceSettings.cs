namespace Tracebloc.ModelUpload.Options;

/// <summary>The place of the model: exactly one of the four is set. URIs are resolved, or stay.</summary>
internal sealed record SourceSettings
{
    public S3Settings? S3 { get; init; }

    public OciSettings? Oci { get; init; }

    /// <summary><c>http</c>, <c>https</c> or <c>hf</c>.</summary>
    public UriSettings? Uri { get; init; }

    public VolumeSettings? Volume { get; init; }
}
