using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tracebloc.Cli.Runs;

/// <summary>The ingestor's summary of a run, as far as it is used here; a member that is absent is 0.</summary>
internal sealed record RunSummary
{
    public string? IngestorId { get; init; }

    public long TotalRecords { get; init; }

    public long InsertedRecords { get; init; }

    public long SentToApi { get; init; }

    public long SkippedRecords { get; init; }

    public long FileTransferFailures { get; init; }

    public long DbInsertFailures { get; init; }

    public bool? Registered { get; init; }

    public long Files { get; init; }

    public double Seconds { get; init; }

    public IReadOnlyList<string>? Remarks { get; init; }

    /// <summary>True where rows are not registered that should be: a run without a backend sends none.</summary>
    [JsonIgnore]
    public bool LacksRegistrations => SentToApi < InsertedRecords && !(Registered == false && SentToApi == 0);

    /// <summary>True where not everything was loaded.</summary>
    [JsonIgnore]
    public bool HasFailures => DbInsertFailures > 0 || FileTransferFailures > 0 || SkippedRecords > 0
        || InsertedRecords < TotalRecords || LacksRegistrations;

    /// <returns>Null where there is none, or none that can be read.</returns>
    public static RunSummary? Of(JsonNode? summary)
    {
        try
        {
            return summary?.Deserialize(RunSummaryContext.Default.RunSummary);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class RunSummaryContext : JsonSerializerContext;
