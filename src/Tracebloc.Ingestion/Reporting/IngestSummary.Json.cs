using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Ingestion.Reporting;

public sealed partial record IngestSummary
{
    /// <summary>The longest JSON: that of a container's termination message (Kubernetes' limit).</summary>
    public const int MostBytes = 4096;

    /// <summary>One line of JSON without its end, of at most <see cref="MostBytes"/> bytes.</summary>
    /// <remarks>Remarks that do not fit are left out, and their number is given.</remarks>
    public string Json()
    {
        for (var kept = Remarks.Count; ; kept--)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(Of(kept), SummaryContext.Default.SummaryJson);
            if (bytes.Length <= MostBytes || kept == 0) return System.Text.Encoding.UTF8.GetString(bytes);
        }
    }

    /// <summary>True for the JSON of a run that was registered; false for one that registered nothing.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static bool IsRegisteredIn(string json)
    {
        using var summary = JsonDocument.Parse(json);
        return summary.RootElement.TryGetProperty("registered", out var registered) && registered.GetBoolean();
    }

    private SummaryJson Of(int kept) => new()
    {
        IngestorId = IngestorId,
        RunKey = RunKey,
        Table = Table,
        Category = Category,
        Intent = Intent,
        TotalRecords = Found,
        InsertedRecords = Inserted,
        SentToApi = Sent,
        SkippedRecords = Skipped,
        FileTransferFailures = 0,
        DbInsertFailures = Found - Skipped - Inserted,
        SuccessRate = Math.Round(Rate, 1),
        Registered = IsRegistered && !HasFailures,
        Files = Files,
        Bins = Bins,
        Seconds = Math.Round(Elapsed.TotalSeconds, 3),
        FilesSeconds = Math.Round(FilesElapsed.TotalSeconds, 3),
        Remarks = [.. Remarks.Take(kept)],
        RemarksLeftOut = Remarks.Count - kept,
    };
}

/// <summary>A summary for programs. Names and meanings stay; members may be added.</summary>
internal sealed record SummaryJson
{
    public string ApiVersion { get; } = "tracebloc.io/v1";

    public string Kind { get; } = "IngestSummary";

    public required string IngestorId { get; init; }

    public required string RunKey { get; init; }

    public required string Table { get; init; }

    public required string Category { get; init; }

    public required string Intent { get; init; }

    public required long TotalRecords { get; init; }

    public required long InsertedRecords { get; init; }

    public required long SentToApi { get; init; }

    public required long SkippedRecords { get; init; }

    public required long FileTransferFailures { get; init; }

    public required long DbInsertFailures { get; init; }

    public required double SuccessRate { get; init; }

    public required bool Registered { get; init; }

    public required long Files { get; init; }

    public int? Bins { get; init; }

    public required double Seconds { get; init; }

    public required double FilesSeconds { get; init; }

    public required IReadOnlyList<string> Remarks { get; init; }

    public required int RemarksLeftOut { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SummaryJson))]
internal sealed partial class SummaryContext : JsonSerializerContext;
