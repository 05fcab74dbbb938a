namespace Tracebloc.ModelUpload.Destinations.Oci;

/// <summary>The media types that are written.</summary>
internal static class OciMedia
{
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Config = "application/vnd.oci.image.config.v1+json";
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";
    public const string Empty = "application/vnd.oci.empty.v1+json";
    public const string File = "application/octet-stream";

    /// <summary>The type of artifact of a model that is neither an image nor a ModelPack.</summary>
    public const string Artifact = "application/vnd.tracebloc.model.v1";

    /// <summary>The record of a publication, for the next run.</summary>
    public const string Record = "application/vnd.tracebloc.model-upload.record.v1+json";

    public const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";

    /// <summary>The OCI type of a layer in Docker's or OCI's type; null for one that is no layer of an image.</summary>
    public static string? LayerOf(string type) => type switch
    {
        DockerLayer => Layer,
        DockerLayer + ".gzip" => Layer + "+gzip",
        DockerLayer + ".zstd" => Layer + "+zstd",
        Layer or Layer + "+gzip" or Layer + "+zstd" => type,
        _ => null,
    };
}
