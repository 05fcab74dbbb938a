using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>A request whose address has been understood.</summary>
internal sealed record FakeRequest(FakeResourceType Type, FakeCall Call, FakeSelector Selector)
{
    private static readonly string[] Subresources =
        ["pods/exec", "pods/portforward", "pods/log", "serviceaccounts/token"];

    /// <summary>The request is for a part of an object, for example <c>pods/exec</c>.</summary>
    internal bool IsOfPart => Call.Resource.Contains('/', StringComparison.Ordinal);

    /// <summary>Objects outside of namespaces are kept under the empty one.</summary>
    internal string Namespace => Type.IsNamespaced ? Call.Namespace ?? "" : "";

    internal string Name => Call.Name ?? throw FakeStatusException.BadRequest("a name is wanted here");

    internal bool IsDryRun => Call.Query.TryGetValue("dryRun", out var dryRun) && (dryRun == "All" ? true
        : throw FakeStatusException.BadRequest($"Invalid value: \"{dryRun}\": dryRun"));

    /// <summary>The client accepts a list of metadata before anything else.</summary>
    internal bool WantsMetadata => Call.Headers.GetValueOrDefault("Accept") is { } accept
        && accept.StartsWith("application/json;as=PartialObjectMetadataList", StringComparison.Ordinal);

    internal bool IsApply => MediaType == ApplyPatch.MediaType;

    /// <summary>The type of the body, without parameters such as its character set.</summary>
    internal string? MediaType =>
        MediaTypeHeaderValue.TryParse(Call.Headers.GetValueOrDefault("Content-Type"), out var type)
            ? type.MediaType : null;

    internal JsonObject Json => JsonNode.Parse(Call.Body)!.AsObject();

    internal string? Query(string name) => Call.Query.GetValueOrDefault(name);

    /// <summary>Null when the resource of the address is not registered.</summary>
    internal static async Task<FakeRequest?> ReadAsync(HttpContext http, FakeKubernetesApiOptions options)
    {
        var segments = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (group, version, rest) = segments switch
        {
            ["api", var core, ..] => ("", core, segments[2..]),
            ["apis", var named, var of, ..] => (named, of, segments[3..]),
            _ => ("?", "?", []),
        };
        // "namespaces/x" alone is the namespace itself; with more behind it, it is where to look.
        var ns = rest is ["namespaces", var scope, _, ..] ? scope : null;
        if (ns is not null) rest = rest[2..];
        var query = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var selector = new FakeSelector(
            query.GetValueOrDefault("labelSelector"), query.GetValueOrDefault("fieldSelector"));
        var part = rest is [var whole, _, var each] && Subresources.Contains($"{whole}/{each}") ? each : null;
        var name = part is not null || rest is [_, _] ? rest[1] : null;
        var verb = part is not null ? PartVerb(http.Request.Method) : Verb(http.Request.Method, name, query);
        if (rest.Length is 0 or > 2 && part is null || verb is null
            || FakeResourceType.Find(options, group, version, rest[0]) is not { } type)
            return null;

        using var reader = new StreamReader(http.Request.Body);
        var call = new FakeCall
        {
            Verb = verb,
            Resource = part is null ? type.Plural : $"{type.Plural}/{part}",
            Namespace = type.IsNamespaced ? ns : null,
            Name = name ?? selector.Name,
            Query = query,
            Headers = http.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            ClientCertificate = http.Connection.ClientCertificate?.Subject,
            // What follows an upgrade is no body.
            Body = http.WebSockets.IsWebSocketRequest ? "" : await reader.ReadToEndAsync(http.RequestAborted),
        };
        return new(type, call, selector);
    }

    private static string? PartVerb(string method) => method switch { "GET" => "get", "POST" => "create", _ => null };

    private static string? Verb(string method, string? name, Dictionary<string, string> query) => method switch
    {
        "GET" when query.GetValueOrDefault("watch") is "true" or "1" => "watch",
        "GET" => name is null ? "list" : "get",
        "POST" when name is null => "create",
        "PATCH" when name is not null => "patch",
        "DELETE" when name is not null => "delete",
        _ => null,
    };
}
