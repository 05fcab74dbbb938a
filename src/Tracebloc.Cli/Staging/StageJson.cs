using System.Text.Json.Serialization;
using Tracebloc.Kubernetes;
using Tracebloc.Kubernetes.Pods;

namespace Tracebloc.Cli.Staging;

/// <summary>A pod as it is created.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewPod))]
internal sealed partial class StageJson : JsonSerializerContext;

/// <summary>A pod.</summary>
internal sealed record NewPod(string? ApiVersion, string? Kind, V1ObjectMeta? Metadata, V1PodSpec? Spec);
