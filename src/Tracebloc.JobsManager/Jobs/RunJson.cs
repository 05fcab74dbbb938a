using System.Text.Json.Serialization;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Jobs;

/// <summary>The types of runs' objects.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(V1Job))]
[JsonSerializable(typeof(ResourceList<V1Job>))]
[JsonSerializable(typeof(ResourceList<V1Pod>))]
[JsonSerializable(typeof(V1ConfigMap))]
[JsonSerializable(typeof(V1Secret))]
internal sealed partial class RunJson : JsonSerializerContext;

/// <summary>A ConfigMap.</summary>
internal sealed record V1ConfigMap
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public V1ObjectMeta? Metadata { get; init; }

    public IReadOnlyDictionary<string, string>? Data { get; init; }
}

/// <summary>A Secret, which is only written.</summary>
internal sealed record V1Secret
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public V1ObjectMeta? Metadata { get; init; }

    public string? Type { get; init; }

    public IReadOnlyDictionary<string, string>? StringData { get; init; }
}
