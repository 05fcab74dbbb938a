using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Objects;

namespace Tracebloc.MetadataSync.Tests;

/// <summary>Objects of a kind with a column of each type, as an API server would send them.</summary>
internal sealed record SomeObject
{
    /// <summary>A kind with a column of each type.</summary>
    public static Kind Gadget { get; } = new("Gadget", "gadgets", "test.example", "v1")
    {
        Columns =
        [
            new("colour", "spec.colour") { Length = 10 },
            new("size", "spec.size", ColumnType.Integer),
            new("is_round", "spec.isRound", ColumnType.Flag),
            new("made_at", "status.madeAt", ColumnType.Time),
        ],
        Keys = [["colour"]],
    };

    /// <summary>A kind whose objects have no namespace.</summary>
    public static Kind Region { get; } = new("Region", "regions", "test.example", "v1")
    {
        IsNamespaced = false,
        Columns = [new("owner", "spec.owner")],
    };

    public string Uid { get; init; } = "11111111-2222-3333-4444-555555555555";

    public string Namespace { get; init; } = "team-a";

    public string Name { get; init; } = "one";

    public ulong Version { get; init; } = 100;

    public bool IsDeleting { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Finalizers { get; init; } = [Marks.Finalizer];

    public string Spec { get; init; } = """{"colour":"red","size":3,"isRound":true}""";

    public string Status { get; init; } = """{"madeAt":"2026-01-02T03:04:05.678901Z"}""";

    public byte[] Json => Encoding.UTF8.GetBytes(
        $$"""
        {"apiVersion":"test.example/v1","kind":"Gadget","metadata":{{Metadata()}},"spec":{{Spec}},"status":{{Status}}}
        """);

    public SyncedObject Read() => new ObjectReader(Gadget).TryRead(Json, out var read, out var fault)
        ? read : throw new InvalidOperationException(fault.Message);

    private string Metadata()
    {
        var metadata = new JsonObject
        {
            ["uid"] = Uid,
            ["namespace"] = Namespace,
            ["name"] = Name,
            ["resourceVersion"] = $"{Version}",
            ["creationTimestamp"] = "2026-01-01T00:00:00Z",
            ["labels"] = Object(Labels),
            ["annotations"] = Object(Annotations),
            ["finalizers"] = new JsonArray([.. Finalizers.Select(each => JsonValue.Create(each))]),
        };
        if (IsDeleting) metadata["deletionTimestamp"] = "2026-02-01T00:00:00Z";
        return metadata.ToJsonString(new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }

    private static JsonObject Object(IReadOnlyDictionary<string, string> entries) =>
        new(entries.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)JsonValue.Create(each.Value))));
}
