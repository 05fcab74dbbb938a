using System.Text.Json.Serialization;

namespace Tracebloc.ChartUpgrade.Charts;

/// <summary>One line of <c>helm search repo --output json</c>.</summary>
internal sealed record FoundChart
{
    /// <summary>With the repository before it, <c>charts/client</c>.</summary>
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<FoundChart>))]
internal sealed partial class FoundChartContext : JsonSerializerContext;
