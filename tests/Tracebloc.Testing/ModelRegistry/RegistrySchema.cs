using System.Text.Json.Nodes;

namespace Tracebloc.Testing.ModelRegistry;

/// <summary>
/// The schemas of bodies as the public OpenAPI description has them (kubeflow/model-registry,
/// api/openapi/src/model-registry.yaml and lib/common.yaml, v1alpha3): members, which of them are required, states and
/// patterns. A member that is not listed is a fault.
/// </summary>
internal sealed record RegistrySchema(
    string Name, IReadOnlyDictionary<string, MemberRule> Members, params IReadOnlyList<string> Required)
{
    private const string IdPattern = "^[1-9][0-9]{0,8}$";

    private static readonly MemberRule EntryName = Member.Matching("^.");

    private static readonly MemberRule EntityState = Member.OneOf("LIVE", "ARCHIVED");

    private static readonly MemberRule ArtifactState = Member.OneOf(
        "UNKNOWN", "PENDING", "LIVE", "MARKED_FOR_DELETION", "DELETED", "ABANDONED", "REFERENCE");

    private static readonly Dictionary<string, MemberRule> Resource = new()
    {
        ["customProperties"] = MetadataValues.AreMap,
        ["description"] = Member.Text,
        ["externalId"] = Member.Text,
    };

    private static readonly Dictionary<string, MemberRule> ModelMembers = With(Resource, new()
    {
        ["owner"] = Member.Text,
        ["state"] = EntityState,
    });

    private static readonly Dictionary<string, MemberRule> VersionMembers = With(Resource, new()
    {
        ["author"] = Member.Text,
        ["state"] = EntityState,
    });

    private static readonly Dictionary<string, MemberRule> ArtifactMembers = With(Resource, new()
    {
        ["artifactType"] = Member.OneOf("model-artifact"),
        ["uri"] = Member.Text,
        ["state"] = ArtifactState,
        ["modelFormatName"] = Member.Text,
        ["modelFormatVersion"] = Member.Text,
        ["storageKey"] = Member.Text,
        ["storagePath"] = Member.Text,
        ["serviceAccountName"] = Member.Text,
        ["modelSourceKind"] = Member.Text,
        ["modelSourceClass"] = Member.Text,
        ["modelSourceGroup"] = Member.Text,
        ["modelSourceId"] = Member.Text,
        ["modelSourceName"] = Member.Text,
    });

    public static readonly RegistrySchema
        ModelUpdate = new(nameof(ModelUpdate), ModelMembers),
        VersionUpdate = new(nameof(VersionUpdate), VersionMembers),
        ArtifactUpdate = new(nameof(ArtifactUpdate), ArtifactMembers),
        ModelCreate = new(nameof(ModelCreate), With(ModelMembers, new() { ["name"] = EntryName }), "name"),
        VersionCreate = new(
            nameof(VersionCreate),
            With(VersionMembers, new() { ["name"] = EntryName, ["registeredModelId"] = Member.Matching(IdPattern) }),
            "name", "registeredModelId"),
        ArtifactCreate = new(
            nameof(ArtifactCreate), With(ArtifactMembers, new() { ["name"] = EntryName }), "artifactType"),
        Model = ModelCreate.Stored(),
        Version = VersionCreate.Stored(),
        Artifact = ArtifactCreate.Stored(),
        Error = new(
            nameof(Error), new Dictionary<string, MemberRule> { ["code"] = Member.Text, ["message"] = Member.Text },
            "code", "message"),
        ModelList = Listed(Model),
        VersionList = Listed(Version);

    /// <summary>The required members that are absent.</summary>
    public IReadOnlyList<string> MissingIn(JsonNode? body) =>
        [.. Required.Where(member => (body as JsonObject)?[member] is null)];

    /// <summary>The first deviation; null for none.</summary>
    public string? FaultOf(JsonNode? body)
    {
        if (body is not JsonObject members)
            return $"{Name}: no object";
        if (MissingIn(body) is [var missing, ..])
            return $"{Name}: {missing} is missing";
        foreach (var (name, value) in members)
            if (!Members.TryGetValue(name, out var rule))
                return $"{Name}: {name} is unknown";
            else if (!rule(value))
                return $"{Name}: {name} is {value?.ToJsonString() ?? "null"}";
        return null;
    }

    private static RegistrySchema Listed(RegistrySchema item) => new(
        item.Name + "List",
        new Dictionary<string, MemberRule>
        {
            ["items"] = node => node is JsonArray items && items.All(each => item.FaultOf(each) is null),
            ["nextPageToken"] = Member.Text,
            ["pageSize"] = Member.Number,
            ["size"] = Member.Number,
        },
        "items", "nextPageToken", "pageSize", "size");

    private RegistrySchema Stored() => this with
    {
        Name = Name.Replace("Create", "", StringComparison.Ordinal),
        Members = With(new(Members), new()
        {
            ["id"] = Member.Matching("^[0-9]+$"),
            ["createTimeSinceEpoch"] = Member.Matching("^[0-9]+$"),
            ["lastUpdateTimeSinceEpoch"] = Member.Matching("^[0-9]+$"),
        }),
        Required = ["id"],
    };

    private static Dictionary<string, MemberRule> With(
        Dictionary<string, MemberRule> members, Dictionary<string, MemberRule> more) => new([.. members, .. more]);
}
