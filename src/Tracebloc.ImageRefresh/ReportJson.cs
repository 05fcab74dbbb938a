using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.ImageRefresh;

/// <summary>A tick for programs. Names and meanings stay; members may be added.</summary>
internal sealed record ReportJson
{
    public string ApiVersion { get; } = "refresh.tracebloc.io/v1";

    public string Kind { get; } = "RefreshReport";

    public required DateTimeOffset StartedAt { get; init; }

    public required double ElapsedSeconds { get; init; }

    public required bool DryRun { get; init; }

    public required int ExitCode { get; init; }

    public required IReadOnlyList<ReportedImage> Images { get; init; }

    public static string Write(TickReport report) => JsonSerializer.Serialize(
        new ReportJson
        {
            StartedAt = report.StartedAt,
            ElapsedSeconds = Math.Round(report.Elapsed.TotalSeconds, 3),
            DryRun = report.DryRun,
            ExitCode = report.ExitCode,
            Images = [.. report.Images.Select(ReportedImage.Of)],
        },
        ReportJsonContext.Default.ReportJson) + "\n";
}

/// <summary>One image of a report. Digests are absent where there is none.</summary>
internal sealed record ReportedImage
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public required string Workload { get; init; }

    public required string Outcome { get; init; }

    /// <summary>What the registry serves.</summary>
    public string? Latest { get; init; }

    /// <summary>What was last applied and settled.</summary>
    public string? Recorded { get; init; }

    /// <summary>What the workload's pod template held when it was read.</summary>
    public string? Live { get; init; }

    /// <summary>What this worker last put into the workload.</summary>
    public string? Applied { get; init; }

    public int Attempts { get; init; }

    /// <summary>When what is held back may go on by itself.</summary>
    public DateTimeOffset? Until { get; init; }

    public string? Message { get; init; }

    public static ReportedImage Of(ImagePlan plan) => new()
    {
        Name = plan.Image.Name,
        Image = plan.Image.Image.ToString(),
        Workload = plan.Image.Workload.ToString(),
        Outcome = JsonNamingPolicy.CamelCase.ConvertName(plan.Outcome.ToString()),
        Latest = plan.Latest?.ToString(),
        Recorded = plan.After.Settled?.ToString(),
        Live = plan.Image.Action is RefreshAction.Restart ? null : plan.Live?.Text,
        Applied = plan.After.Applied?.ToString(),
        Attempts = plan.After.Attempts,
        Until = plan.Until,
        Message = plan.Message.Length == 0 ? null : plan.Message,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(ReportJson))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
