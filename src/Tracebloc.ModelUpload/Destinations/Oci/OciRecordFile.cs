namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>One file of a record.</summary>
internal sealed record OciRecordFile
{
    public required string Path { get; init; }

    public required long Length { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Its address at the source it came from.</summary>
    public required string Address { get; init; }

    public required string Version { get; init; }

    /// <summary>The digest of the layer that it is in.</summary>
    public required string Layer { get; init; }
}
