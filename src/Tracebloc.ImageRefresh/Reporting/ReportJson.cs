using System.Text.Json;
using Tracebloc.CommandLine;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;

namespace Tracebloc.ImageRefresh.Reporting;

/// <summary>A tick for programs, as docs/report.schema.json describes it.</summary>
internal sealed record ReportJson
{
    public string ApiVersion { get; } = "refresh.tracebloc.io/v1";

    public string Kind { get; } = "RefreshReport";

    public required DateTimeOffset StartedAt { get; init; }

    public required double ElapsedSeconds { get; init; }

    public required bool DryRun { get; init; }

    /// <summary><c>registries</c>, or <c>records</c> where none was asked.</summary>
    public required string Source { get; init; }

    public required int ExitCode { get; init; }

    public required IReadOnlyList<ReportedImage> Images { get; init; }

    public static string Write(TickResult report) => JsonText.Write(
        new ReportJson
        {
            StartedAt = report.StartedAt,
            ElapsedSeconds = Math.Round(report.Elapsed.TotalSeconds, 3),
            DryRun = report.DryRun,
            Source = report.IsFromRecords ? "records" : "registries",
            ExitCode = report.ExitCode,
            Images =
            [
                .. report.Images.Select(ReportedImage.Of),
            ],
        },
        ReportContext.Readable.ReportJson);
}

/// <summary>One image of a report. Digests are absent where there is none.</summary>
internal sealed record ReportedImage
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public required string Workload { get; init; }

    public required string Action { get; init; }

    public required string Outcome { get; init; }

    /// <summary>The registry's digest.</summary>
    public string? Latest { get; init; }

    /// <summary>The digest that was last applied and settled.</summary>
    public string? Recorded { get; init; }

    /// <summary>The digest in the workload's pod template when it was read.</summary>
    public string? Live { get; init; }

    /// <summary>The digest that image-refresh last set in the workload.</summary>
    public string? Applied { get; init; }

    /// <summary>The digest that a run would roll out.</summary>
    public string? Target { get; init; }

    public required int Attempts { get; init; }

    public required int FailedAttempts { get; init; }

    /// <summary>The time at which a held digest may be applied.</summary>
    public DateTimeOffset? Until { get; init; }

    public string? Message { get; init; }

    public IReadOnlyList<QuarantineJson>? Quarantine { get; init; }

    /// <summary>Warnings: refused credentials, secrets that could not be read.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public static ReportedImage Of(ImageResult result) => new()
    {
        Name = result.Image.Name,
        Image = result.Image.Image.ToString(),
        Workload = result.Image.Workload.ToString(),
        Action = result.Image.Action switch
        {
            RefreshAction.SetEnv => "setEnv",
            RefreshAction.SetImage => "setImage",
            _ => "restart",
        },
        Outcome = JsonNamingPolicy.CamelCase.ConvertName(result.Outcome.ToString()),
        Latest = result.Latest?.ToString(),
        Recorded = result.Recorded.Settled?.ToString(),
        Live = result.Image.Action is RefreshAction.Restart ? null : result.Live,
        Applied = result.Recorded.Applied?.ToString(),
        Target = result.Target?.ToString(),
        Attempts = result.Recorded.Attempts,
        FailedAttempts = result.Recorded.FailedAttempts,
        Until = result.Until,
        Message = result.Message.Length == 0 ? null : result.Message,
        Quarantine = result.Recorded.Quarantine.IsEmpty
            ? null
            : [.. result.Recorded.Quarantine.Entries.Select(QuarantineJson.Of)],
        Warnings = result.Warnings.Count == 0 ? null : result.Warnings,
    };
}
