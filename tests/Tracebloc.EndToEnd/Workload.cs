using System.Text.Json.Nodes;

namespace Tracebloc.EndToEnd;

/// <summary>A Deployment as it is now.</summary>
internal sealed record Workload(JsonNode Object)
{
    private const string Record = "tracebloc.io/";

    /// <summary>One more for each rollout, whoever started it.</summary>
    public int Revision => int.Parse(Annotation("deployment.kubernetes.io/revision") ?? "0");

    /// <summary>The records of the worker as one text, for comparison.</summary>
    public string Records => string.Join(", ", (Object["metadata"]?["annotations"]?.AsObject() ?? [])
        .Where(annotation => annotation.Key.StartsWith(Record, StringComparison.Ordinal))
        .OrderBy(annotation => annotation.Key, StringComparer.Ordinal)
        .Select(annotation => $"{annotation.Key[Record.Length..]}={annotation.Value}"));

    public string? Recorded(string image) => Annotation($"{Record}last-refreshed-{image}-digest");

    public string? State(string image, string name) => Annotation($"{Record}{image}-refresh-{name}");

    public string? Image(string container) => (string?)Container(container)?["image"];

    public string? Variable(string container, string name) => (string?)(Container(container)?["env"]?.AsArray() ?? [])
        .FirstOrDefault(variable => (string?)variable?["name"] == name)?["value"];

    private string? Annotation(string name) => (string?)Object["metadata"]?["annotations"]?[name];

    private JsonNode? Container(string name) => (Object["spec"]?["template"]?["spec"]?["containers"]?.AsArray() ?? [])
        .FirstOrDefault(container => (string?)container?["name"] == name);
}
