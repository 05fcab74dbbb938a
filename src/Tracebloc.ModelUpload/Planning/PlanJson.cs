using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.ModelUpload.Destinations;

namespace Tracebloc.ModelUpload.Planning;

/// <summary>A plan for programs.</summary>
internal static class PlanJson
{
    public static string Of(UploadPlan plan) => JsonSerializer.Serialize(
        new PlanDocument
        {
            Source = plan.Source,
            Destination = plan.Destination,
            Files = plan.FileCount,
            Bytes = plan.Length,
            SendsBytes = plan.LengthOf(PartWay.Streamed),
            Parts = [.. plan.Parts.Select(Document)],
            LeftOut = [.. plan.LeftOut.Select(path => path.Text)],
            RegistryCalls = plan.RegistryCalls,
            Signatures = plan.Signatures,
            Notes = plan.Notes,
        },
        PlanJsonContext.Default.PlanDocument) + "\n";

    private static PartDocument Document(PlannedPart part) => new()
    {
        Way = PlanText.Word(part.Way),
        Bytes = part.Length,
        Digest = part.Known?.ToString(),
        Files = [.. part.Files.Select(file => file.Path.Text)],
    };
}

/// <summary>The document of <c>plan --output json</c>.</summary>
internal sealed record PlanDocument
{
    public required string Source { get; init; }

    public required string Destination { get; init; }

    public required int Files { get; init; }

    public required long? Bytes { get; init; }

    public required long? SendsBytes { get; init; }

    public required IReadOnlyList<PartDocument> Parts { get; init; }

    public required IReadOnlyList<string> LeftOut { get; init; }

    public required IReadOnlyList<string> RegistryCalls { get; init; }

    public required IReadOnlyList<string> Signatures { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>A part in the document.</summary>
internal sealed record PartDocument
{
    public required string Way { get; init; }

    public required long? Bytes { get; init; }

    public required string? Digest { get; init; }

    public required IReadOnlyList<string> Files { get; init; }
}

/// <summary>The source-generated JSON of a plan.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
