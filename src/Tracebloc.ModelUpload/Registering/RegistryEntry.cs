using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>
/// The members of a model, version or artifact that a run reads. Any may be absent: upstream's artifacts have no uri
/// before their first transfer.
/// </summary>
internal sealed record RegistryEntry
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? State { get; init; }

    public string? Uri { get; init; }

    public string? ArtifactType { get; init; }

    /// <summary>Of a version: its model.</summary>
    public string? RegisteredModelId { get; init; }

    /// <summary>The map as the registry sent it.</summary>
    public JsonElement? CustomProperties { get; init; }

    /// <summary>The text of a custom property; null where it is absent or of another type.</summary>
    public string? Text(string property) => PropertyMap.TextOf(CustomProperties, property);
}

/// <summary>One page of a list.</summary>
internal sealed record RegistryPage(IReadOnlyList<RegistryEntry>? Items, string? NextPageToken);

/// <summary>The error of a call.</summary>
internal sealed record RegistryError(string? Code, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RegistryEntry))]
[JsonSerializable(typeof(RegistryPage))]
[JsonSerializable(typeof(RegistryError))]
internal sealed partial class RegistryJson : JsonSerializerContext;
