using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Registry;

/// <summary>An image of one layer, to push.</summary>
internal interface IPushedImage
{
    string MediaType { get; }

    string ConfigType { get; }

    string LayerType { get; }

    byte[] Config { get; }

    byte[] Layer { get; }
}

/// <summary>An image that a node can run.</summary>
/// <param name="Layer">A tar, uncompressed.</param>
/// <param name="Command">What is started in it; other words make another digest.</param>
public sealed record RunnableImage(byte[] Layer, params IReadOnlyList<string> Command) : IPushedImage
{
    /// <summary>By number: Kubernetes cannot tell whether a name is root's.</summary>
    private const string Nobody = "65532:65532";

    string IPushedImage.MediaType => "application/vnd.oci.image.manifest.v1+json";

    string IPushedImage.ConfigType => "application/vnd.oci.image.config.v1+json";

    string IPushedImage.LayerType => "application/vnd.oci.image.layer.v1.tar";

    byte[] IPushedImage.Config => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["os"] = "linux",
        ["architecture"] = "amd64",
        ["config"] = new JsonObject
        {
            ["User"] = Nobody,
            ["Entrypoint"] = new JsonArray([.. Command.Select(word => (JsonNode)word)]),
            ["Env"] = new JsonArray("PATH=/usr/sbin:/usr/bin:/sbin:/bin"),
        },
        ["rootfs"] = new JsonObject
        {
            ["type"] = "layers",
            // Of the layer before its compression, of which there is none.
            ["diff_ids"] = new JsonArray("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Layer))),
        },
    }.ToJsonString());
}
