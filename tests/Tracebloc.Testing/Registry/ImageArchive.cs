using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Registry;

/// <summary>Writes images for the store of a node that no registry serves.</summary>
/// <seealso href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md"/>
public static class ImageArchive
{
    // containerd takes the name of an image as it is, a digest included, where the index has it by this annotation.
    private const string Name = "io.containerd.image.name";

    /// <summary>Writes an OCI archive.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="repository">The repository, with its host.</param>
    /// <param name="image">The image.</param>
    /// <returns>The digest: the image's name is <c>REPOSITORY@DIGEST</c>.</returns>
    public static string Write(string path, string repository, RunnableImage image)
    {
        IPushedImage pushed = image;
        using var file = File.Create(path);
        using var tar = new TarWriter(file);
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = pushed.MediaType,
            ["config"] = Put(tar, pushed.ConfigType, pushed.Config),
            ["layers"] = new JsonArray(Put(tar, pushed.LayerType, pushed.Layer)),
        };
        var descriptor = Put(tar, pushed.MediaType, Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        var digest = $"{descriptor["digest"]}";
        descriptor["annotations"] = new JsonObject { [Name] = $"{repository}@{digest}" };
        var index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(descriptor) };
        Add(tar, "index.json", Encoding.UTF8.GetBytes(index.ToJsonString()));
        Add(tar, "oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        return digest;
    }

    private static JsonObject Put(TarWriter tar, string mediaType, byte[] content)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        Add(tar, $"blobs/sha256/{sha256}", content);
        return new JsonObject
        {
            ["mediaType"] = mediaType,
            ["digest"] = $"sha256:{sha256}",
            ["size"] = content.Length,
        };
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
