using System.Globalization;
using Tracebloc.Registry;

namespace Tracebloc.Signatures.Signing;

/// <summary>
/// The manifest by which a registry holds a bundle as a referrer of an image, as cosign 3 writes it. The blobs are the
/// bundle and the empty object <c>{}</c>.
/// </summary>
public static class BundleReferrer
{
    /// <summary>The type of the manifest.</summary>
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>The content of the config, the empty descriptor of the OCI image specification.</summary>
    public static ReadOnlyMemory<byte> Config { get; } = "{}"u8.ToArray();

    /// <summary>The bytes of the manifest. Equal arguments give equal bytes.</summary>
    /// <param name="subject">The image.</param>
    /// <param name="bundle">The digest of the bundle's JSON.</param>
    /// <param name="size">The length of that JSON in bytes.</param>
    /// <param name="predicateType">The type of the signed predicate.</param>
    /// <param name="created">The time of the signature; fractions of a second are dropped.</param>
    public static ReadOnlyMemory<byte> Manifest(
        Descriptor subject, Digest bundle, long size, string predicateType, DateTimeOffset created)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentException.ThrowIfNullOrEmpty(predicateType);
        var document = new ReferrerDocument
        {
            MediaType = ManifestType,
            ArtifactType = SignedBundle.MediaType,
            Config = new ReferrerDocument.Blob(
                "application/vnd.oci.empty.v1+json", Digest.Of(Config.Span).ToString(), Config.Length),
            Layers = [new ReferrerDocument.Blob(SignedBundle.MediaType, bundle.ToString(), size)],
            Subject = new ReferrerDocument.Blob(subject.MediaType, subject.Digest.ToString(), subject.Size),
            Annotations = new Dictionary<string, string>
            {
                ["dev.sigstore.bundle.content"] = "dsse-envelope",
                ["dev.sigstore.bundle.predicateType"] = predicateType,
                ["org.opencontainers.image.created"] =
                    created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
        };
        return ServiceJson.Write(document, ServiceJson.Plain.ReferrerDocument);
    }
}
