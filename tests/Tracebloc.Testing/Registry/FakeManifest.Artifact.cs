using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Registry;

public sealed partial record FakeManifest
{
    /// <summary>The manifest that this one is about, by its digest.</summary>
    public string? Subject => (string?)Parse()["subject"]?["digest"];

    /// <summary>An artifact of one blob, such as a signature, that is about a manifest.</summary>
    public static FakeManifest Artifact(
        string artifactType, string subject, byte[] blob, params (string Name, string Value)[] annotations)
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciManifest,
            ["artifactType"] = artifactType,
            ["config"] = Descriptor("application/vnd.oci.empty.v1+json", EmptyConfig.ToArray()),
            ["layers"] = new JsonArray(Descriptor(artifactType, blob)),
            ["subject"] = new JsonObject { ["mediaType"] = OciIndex, ["digest"] = subject, ["size"] = 1 },
            ["annotations"] = new JsonObject(
                annotations.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)JsonValue.Create(one.Value)))),
        };
        return new FakeManifest(OciManifest, Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    /// <summary>An index of manifests as a list of referrers is one.</summary>
    public static FakeManifest IndexOf(params IReadOnlyList<FakeManifest> manifests) =>
        IndexOf(manifests.Select(manifest => manifest.Entry((string?)manifest.Parse()["artifactType"])));

    /// <summary>The same, with entries that all state this type in place of the manifests' own.</summary>
    public static FakeManifest IndexStating(string? artifactType, params IReadOnlyList<FakeManifest> manifests) =>
        IndexOf(manifests.Select(manifest => manifest.Entry(artifactType)));

    private JsonObject Entry(string? artifactType)
    {
        var entry = Descriptor(MediaType, Content);
        entry["artifactType"] = artifactType;
        return entry;
    }

    private static FakeManifest IndexOf(IEnumerable<JsonNode> entries)
    {
        var index = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciIndex,
            ["manifests"] = new JsonArray([.. entries]),
        };
        return new FakeManifest(OciIndex, Encoding.UTF8.GetBytes(index.ToJsonString()));
    }

    public static JsonObject Descriptor(string mediaType, byte[] content) => new()
    {
        ["mediaType"] = mediaType,
        ["digest"] = DigestOf(content),
        ["size"] = content.Length,
    };

    private JsonNode Parse() => JsonNode.Parse(Content) ?? throw new InvalidOperationException("A manifest is JSON.");
}
