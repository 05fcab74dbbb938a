using System.Text.Json.Serialization;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh.Workloads;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Workload))]
[JsonSerializable(typeof(CronJob))]
[JsonSerializable(typeof(ResourceList<Pod>))]
[JsonSerializable(typeof(ResourceList<ReplicaSet>))]
[JsonSerializable(typeof(ResourceList<Node>))]
[JsonSerializable(typeof(PullSecret))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(Affinity))]
[JsonSerializable(typeof(IReadOnlyList<Toleration>))]
[JsonSerializable(typeof(IReadOnlyList<SecretName>))]
internal sealed partial class WorkloadJson : JsonSerializerContext;
