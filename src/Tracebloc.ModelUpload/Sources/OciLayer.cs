using Tracebloc.ModelUpload.Models;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Sources;

/// <summary>A layer of a model, by its media type and annotations.</summary>
/// <param name="Blob">The layer.</param>
/// <param name="IsImage">True for a layer of an image, of which only <c>/models</c> is the model.</param>
internal sealed record OciLayer(Descriptor Blob, bool IsImage)
{
    private const string Unpacked = "io.deis.oras.content.unpack"; // ORAS: a folder as tar
    private const string InLayerPath = "olot.layer.content.inlayerpath", ContentDigest = "olot.layer.content.digest";
    private const string ContentType = "olot.layer.content.type";

    // ModelPack, and ORAS.
    private static readonly string[] PathAnnotations =
        ["org.cncf.model.filepath", "org.cncf.model.file.path", "org.opencontainers.image.title"];

    /// <summary>True where the layer's bytes are a file's.</summary>
    public bool IsRaw => !IsImage && !IsTar;

    /// <summary>True where olot, or this program, put the layer upon a base image.</summary>
    public bool IsOfModel => Blob.Annotations.ContainsKey(InLayerPath);

    public bool IsGzip => Has("gzip");

    public bool IsZstd => Has("zstd");

    public bool IsCompressed => IsGzip || IsZstd;

    /// <summary>The path of the file of a raw layer; null where it states none.</summary>
    public string? Path => PathAnnotations.Select(Annotation).FirstOrDefault(path => path is not null);

    /// <summary>The SHA-256 of the one file of the layer, if olot states it.</summary>
    public IReadOnlyList<ContentHash> Stated =>
        Annotation(ContentType) is null or "file" && Digest.TryParse(Annotation(ContentDigest), out var digest)
            ? Hashes(digest)
            : [];

    /// <summary>A digest as a stated hash, where a file can be held against it.</summary>
    public static IReadOnlyList<ContentHash> Hashes(Digest digest) => digest.Algorithm switch
    {
        "sha256" => [new ContentHash(HashKind.Sha256, digest.Hex)],
        "sha512" => [new ContentHash(HashKind.Sha512, digest.Hex)],
        _ => [],
    };

    private bool IsTar => Annotation(Unpacked) == "true" || Has("tar");

    private string? Annotation(string name) => Blob.Annotations.GetValueOrDefault(name);

    // application/vnd.oci.image.layer.v1.tar+gzip, application/vnd.docker.image.rootfs.diff.tar.gzip
    private bool Has(string part) => Blob.MediaType.Split('.', '+').Contains(part);
}
