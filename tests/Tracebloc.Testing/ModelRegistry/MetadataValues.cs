using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.ModelRegistry;

/// <summary>
/// The six types of custom properties (kubeflow/model-registry, api/openapi/src/lib/common.yaml, v1alpha3): their
/// members are all required, and others are forbidden.
/// </summary>
internal static class MetadataValues
{
    private static readonly Dictionary<string, Dictionary<string, MemberRule>> Types = new()
    {
        ["MetadataStringValue"] = new() { ["string_value"] = Member.Text },
        ["MetadataBoolValue"] = new() { ["bool_value"] = Member.Boolean },
        ["MetadataDoubleValue"] = new() { ["double_value"] = Member.Number },
        ["MetadataIntValue"] = new() { ["int_value"] = Member.Matching("^-?([1-9][0-9]{0,8}|0)$") },
        ["MetadataStructValue"] = new() { ["struct_value"] = Member.Base64 },
        ["MetadataProtoValue"] = new() { ["type"] = Member.Text, ["proto_value"] = Member.Base64 },
    };

    public static bool AreMap(JsonNode? node) =>
        node is JsonObject map && map.All(property => property.Value is JsonObject value && IsValue(value));

    private static bool IsValue(JsonObject value) =>
        value["metadataType"] is { } type && type.GetValueKind() == JsonValueKind.String
        && Types.TryGetValue((string)type!, out var members)
        && value.Count == members.Count + 1
        && members.All(member => value.TryGetPropertyValue(member.Key, out var held) && member.Value(held));
}
