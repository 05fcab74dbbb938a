using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>Field paths as the server writes them for people.</summary>
/// <seealso href="https://github.com/kubernetes-sigs/structured-merge-diff/blob/master/fieldpath/element.go"/>
internal static class FieldSetPaths
{
    /// <summary><c>f:name</c> as <c>.name</c>, <c>k:{"name":"api"}</c> as <c>[name="api"]</c>.</summary>
    internal static string Text(string element) => element[..2] switch
    {
        "f:" => "." + element[2..],
        "v:" => $"[={element[2..]}]",
        _ => $"[{string.Join(',', JsonNode.Parse(element[2..])!.AsObject()
            .OrderBy(key => key.Key, StringComparer.Ordinal)
            .Select(key => $"{key.Key}={key.Value!.ToJsonString()}"))}]",
    };
}
