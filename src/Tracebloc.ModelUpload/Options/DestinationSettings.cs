namespace Tracebloc.ModelUpload.Options;

/// <summary>The place to publish at: exactly one of the three is set.</summary>
internal sealed record DestinationSettings
{
    public S3Settings? S3 { get; init; }

    public OciDestinationSettings? Oci { get; init; }

    public VolumeSettings? Volume { get; init; }
}
