using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Testing.Registry;

/// <summary>The bytes of a manifest, their media type and, for a list, the amd64 child.</summary>
public sealed partial record FakeManifest(string MediaType, byte[] Content)
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerSchema1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /// <summary>The one blob that manifests of <see cref="Of"/> refer to.</summary>
    public static readonly ReadOnlyMemory<byte> EmptyConfig = "{}"u8.ToArray();

    private const string OciConfig = "application/vnd.oci.image.config.v1+json";
    private const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    public string Digest { get; init; } = DigestOf(Content);

    /// <summary>The manifest that registry 2.8 serves in place of a list to clients that do not accept lists.</summary>
    public FakeManifest? Child { get; init; }

    public bool IsOci => MediaType is OciIndex or OciManifest;

    /// <summary>A small manifest of a kind; the same label always gives the same bytes.</summary>
    public static FakeManifest Of(string mediaType, string label)
    {
        if (mediaType is not (OciIndex or DockerList))
            return new FakeManifest(
                mediaType, Json(mediaType, $"{Empty(mediaType)},\"annotations\":{{\"label\":\"{label}\"}}"));
        var childType = mediaType == OciIndex ? OciManifest : DockerManifest;
        var child = Of(childType, label + "-amd64");
        var entry = $"{{\"mediaType\":\"{childType}\",\"digest\":\"{child.Digest}\",\"size\":{child.Content.Length},"
            + "\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}}";
        return new FakeManifest(mediaType, Json(mediaType, $"\"manifests\":[{entry}]")) { Child = child };
    }

    // Of no layers: the least that a real registry takes.
    private static string Empty(string mediaType) =>
        $"\"config\":{{\"mediaType\":\"{(mediaType == OciManifest ? OciConfig : DockerConfig)}\","
        + $"\"digest\":\"{DigestOf(EmptyConfig.Span)}\",\"size\":{EmptyConfig.Length}}},\"layers\":[]";

    public static string DigestOf(ReadOnlySpan<byte> content) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private static byte[] Json(string mediaType, string members) =>
        Encoding.UTF8.GetBytes($"{{\"schemaVersion\":2,\"mediaType\":\"{mediaType}\",{members}}}");
}
