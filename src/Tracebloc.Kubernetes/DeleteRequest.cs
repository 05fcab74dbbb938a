using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>A deletion. The server ignores its query as soon as it has a body, and preconditions need one.</summary>
internal static class DeleteRequest
{
    internal static KubernetesRequest Of(ResourceType type, string? ns, string name, DeleteOptions options)
    {
        var request = new KubernetesRequest("delete", HttpMethod.Delete, type, ns) { Name = name };
        if (options.Uid is null && options.ResourceVersion is null)
            return request with
            {
                Query = new QueryString().Add("propagationPolicy", options.PropagationPolicy)
                    .Add("dryRun", options.DryRun ? "All" : null),
            };
        var body = new V1DeleteOptions
        {
            PropagationPolicy = options.PropagationPolicy,
            DryRun = options.DryRun ? ["All"] : null,
            Preconditions = new(options.Uid, options.ResourceVersion),
        };
        return request with
        {
            Content = JsonSerializer.SerializeToUtf8Bytes(body, DeleteJson.Default.V1DeleteOptions),
            MediaType = "application/json",
        };
    }
}

/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/delete-options/"/>
internal sealed record V1DeleteOptions
{
    public string ApiVersion { get; } = "v1";

    public string Kind { get; } = "DeleteOptions";

    public string? PropagationPolicy { get; init; }

    public IReadOnlyList<string>? DryRun { get; init; }

    public V1Preconditions? Preconditions { get; init; }
}

internal sealed record V1Preconditions(string? Uid, string? ResourceVersion);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(V1DeleteOptions))]
internal sealed partial class DeleteJson : JsonSerializerContext;
