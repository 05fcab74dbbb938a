using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes.Tests;

[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ResourceList<JsonObject>))]
[JsonSerializable(typeof(Thing))]
internal sealed partial class ContractJson : JsonSerializerContext;

/// <summary>A record as a program declares it: with the members it reads, and no others.</summary>
internal sealed record Thing
{
    [JsonPropertyName("metadata")] public V1ObjectMeta Metadata { get; init; } = new();
}
