using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>The types that the client itself reads.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(V1Status))]
[JsonSerializable(typeof(V1Answer))]
[JsonSerializable(typeof(V1VersionInfo))]
[JsonSerializable(typeof(LogPod))]
[JsonSerializable(typeof(ExecCredential))]
internal sealed partial class KubernetesJson : JsonSerializerContext;

/// <summary>
/// An answer of which only its being JSON matters: a deletion returns a Status or the object, as it pleases.
/// </summary>
internal sealed record V1Answer;
