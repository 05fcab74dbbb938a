using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using k8s;

namespace Tracebloc.Judge;

/// <summary>
/// Opens the official Kubernetes client: an independent judge of the fake API and of what the programs leave behind.
/// </summary>
public static class Official
{
    // Reflection over JSON is off for the whole product, as it is once compiled ahead of time. The official client
    // needs it, and this gives it to that client alone.
    static Official() =>
        KubernetesJson.AddJsonOptions(options => options.TypeInfoResolver = new DefaultJsonTypeInfoResolver());

    /// <summary>A client for the current context of a kubeconfig.</summary>
    public static async Task<Kubernetes> OpenAsync(string kubeconfig) =>
        Open(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(new FileInfo(kubeconfig)));

    /// <summary>A client for a configuration.</summary>
    public static Kubernetes Open(KubernetesClientConfiguration configuration) => new(configuration);

    /// <summary>An object of the official client's types as JSON.</summary>
    public static JsonObject ToJson(object value) => JsonNode.Parse(KubernetesJson.Serialize(value))!.AsObject();

    /// <summary>JSON as an object of the official client's types.</summary>
    public static T FromJson<T>(JsonNode json) => Parse<T>(json.ToJsonString());

    /// <inheritdoc cref="FromJson{T}"/>
    public static T Parse<T>(string json) => KubernetesJson.Deserialize<T>(json);
}
