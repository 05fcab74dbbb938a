using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>The objects of a release, with the members that are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ResourceList<V1Deployment>))]
[JsonSerializable(typeof(V1Service))]
[JsonSerializable(typeof(V1ConfigMap))]
[JsonSerializable(typeof(V1Claim))]
[JsonSerializable(typeof(ResourceList<V1Pod>))]
[JsonSerializable(typeof(V1Pod))]
[JsonSerializable(typeof(ResourceList<V1TokenSecret>))]
internal sealed partial class ClusterJson : JsonSerializerContext;

/// <summary>A Deployment.</summary>
internal sealed record V1Deployment(V1ObjectMeta? Metadata, V1DeploymentSpec? Spec, V1DeploymentStatus? Status);

/// <summary>The wanted state of a Deployment.</summary>
internal sealed record V1DeploymentSpec(V1PodTemplate? Template);

/// <summary>The pods of a Deployment as they are wanted.</summary>
internal sealed record V1PodTemplate(V1TemplateSpec? Spec);

/// <summary>The part of a pod template that says how jobs-manager is set up.</summary>
internal sealed record V1TemplateSpec(IReadOnlyList<V1SetContainer>? Containers, IReadOnlyList<V1SetVolume>? Volumes);

/// <summary>A container and its settings.</summary>
internal sealed record V1SetContainer(string? Name, IReadOnlyList<V1Setting>? Env);

/// <summary>An environment variable; without a value where a Secret holds it.</summary>
internal sealed record V1Setting(string? Name, string? Value);

/// <summary>A volume.</summary>
internal sealed record V1SetVolume(string? Name, V1SetConfigMap? ConfigMap);

/// <summary>A ConfigMap by its name.</summary>
internal sealed record V1SetConfigMap(string? Name);

/// <summary>The seen state of a Deployment.</summary>
internal sealed record V1DeploymentStatus(int? ReadyReplicas);

/// <summary>A Service.</summary>
internal sealed record V1Service(V1ServiceSpec? Spec);

/// <summary>The wanted state of a Service.</summary>
internal sealed record V1ServiceSpec(
    IReadOnlyDictionary<string, string>? Selector, IReadOnlyList<V1ServicePort>? Ports);

/// <summary>A port of a Service. The port of the pod is a number or a name.</summary>
internal sealed record V1ServicePort(int? Port, JsonElement? TargetPort);

/// <summary>A ConfigMap.</summary>
internal sealed record V1ConfigMap(IReadOnlyDictionary<string, string>? Data);

/// <summary>A PersistentVolumeClaim.</summary>
internal sealed record V1Claim(V1ClaimSpec? Spec, V1ClaimStatus? Status);

/// <summary>The wanted volume.</summary>
internal sealed record V1ClaimSpec(string? StorageClassName);

/// <summary>The volume that was found.</summary>
internal sealed record V1ClaimStatus(
    string? Phase, IReadOnlyList<string>? AccessModes, IReadOnlyDictionary<string, string>? Capacity);

/// <summary>A Secret with a token of a service account. A class, since a record would print the token.</summary>
internal sealed class V1TokenSecret
{
    public V1ObjectMeta? Metadata { get; init; }

    public string? Type { get; init; }

    public IReadOnlyDictionary<string, byte[]>? Data { get; init; }
}
