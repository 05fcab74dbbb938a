using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Registry;

public sealed partial record FakeManifest
{
    /// <summary>An index of images for platforms; the same content always gives the same image.</summary>
    /// <param name="children">Each <c>linux/arm/v7</c> and what is in its image.</param>
    public static FakeManifest ForPlatforms(params IReadOnlyList<(string Platform, string Content)> children)
    {
        return IndexOf(children.Select(child =>
        {
            var manifest = Of(OciManifest, child.Content);
            var entry = Descriptor(manifest.MediaType, manifest.Content);
            entry["platform"] = PlatformOf(child.Platform);
            return (JsonNode)entry;
        }));
    }

    /// <summary>An image that is in no index, and its configuration, which says what it was built for.</summary>
    public static (FakeManifest Manifest, byte[] Config) ForPlatform(string platform)
    {
        var config = Encoding.UTF8.GetBytes(PlatformOf(platform).ToJsonString());
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciManifest,
            ["config"] = Descriptor(OciConfig, config),
            ["layers"] = new JsonArray(),
        };
        return (new FakeManifest(OciManifest, Encoding.UTF8.GetBytes(manifest.ToJsonString())), config);
    }

    private static JsonObject PlatformOf(string platform)
    {
        var parts = platform.Split('/');
        var written = new JsonObject { ["architecture"] = parts[1], ["os"] = parts[0] };
        if (parts is [_, _, var variant])
            written["variant"] = variant;
        return written;
    }
}
