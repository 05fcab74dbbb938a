using System.Text.Json.Nodes;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>A kind of custom resource for tests.</summary>
public static class Widgets
{
    public static ResourceType Type { get; } = new("feed.example.com", "v1", "widgets", "Widget");

    public static FakeResourceType Fake { get; } = FakeResourceType.Custom("feed.example.com", "v1", "Widget");

    public static JsonObject Some(string name, string text = "first", params IReadOnlyList<string> finalizers)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (finalizers is [_, ..])
            metadata["finalizers"] = new JsonArray([.. finalizers.Select(each => JsonValue.Create(each))]);
        return new()
        {
            ["apiVersion"] = Type.ApiVersion,
            ["kind"] = Type.Kind,
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["text"] = text },
        };
    }

    public static string? Text(ReadOnlyMemory<byte> json) => (string?)JsonNode.Parse(json.Span)?["spec"]?["text"];
}
