using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>A list, or one page of it.</summary>
/// <typeparam name="T">The items.</typeparam>
public sealed record ResourceList<T>
{
    /// <summary>About the list, not its items.</summary>
    [JsonPropertyName("metadata")] public V1ListMeta? Metadata { get; init; }

    /// <summary>In the server's order (by key: namespace, then name).</summary>
    [JsonPropertyName("items")] public IReadOnlyList<T> Items { get; init; } = [];
}

/// <summary>The metadata of a list.</summary>
public sealed record V1ListMeta
{
    /// <summary>The state the list shows; a watch from here misses nothing.</summary>
    [JsonPropertyName("resourceVersion")] public string? ResourceVersion { get; init; }

    /// <summary>The start of the next page; null or empty on the last one.</summary>
    [JsonPropertyName("continue")] public string? Continue { get; init; }
}
