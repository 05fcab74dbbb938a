using System.Text.Json.Serialization;
using Tracebloc.ImageRefresh.Credentials;
using Tracebloc.Kubernetes;

namespace Tracebloc.ImageRefresh;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Workload))]
[JsonSerializable(typeof(ResourceList<Pod>))]
[JsonSerializable(typeof(ResourceList<Node>))]
[JsonSerializable(typeof(PullSecret))]
[JsonSerializable(typeof(ServiceAccount))]
internal sealed partial class WorkloadJson : JsonSerializerContext;
