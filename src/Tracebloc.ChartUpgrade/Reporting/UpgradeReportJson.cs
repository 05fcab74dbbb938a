using System.Text.Json;
using Tracebloc.CommandLine;

namespace Tracebloc.ChartUpgrade.Reporting;

/// <summary>A run for programs. Names and meanings stay; members may be added.</summary>
internal sealed record UpgradeReportJson
{
    public string ApiVersion { get; } = "refresh.tracebloc.io/v1";

    public string Kind { get; } = "ChartUpgradeReport";

    public required DateTimeOffset StartedAt { get; init; }

    public required double ElapsedSeconds { get; init; }

    public required bool DryRun { get; init; }

    public required int ExitCode { get; init; }

    public required string Release { get; init; }

    public required string Namespace { get; init; }

    public required string Chart { get; init; }

    public required string Outcome { get; init; }

    /// <summary>The version that was deployed when the run began.</summary>
    public string? Deployed { get; init; }

    /// <summary>The repository's newest, as far as it is for this release.</summary>
    public string? Newest { get; init; }

    /// <summary>The revision that was rolled back to first.</summary>
    public int? RecoveredRevision { get; init; }

    public required string Message { get; init; }

    public static string Write(UpgradeReport report) => JsonText.Write(
        new UpgradeReportJson
        {
            StartedAt = report.StartedAt,
            ElapsedSeconds = Math.Round(report.Elapsed.TotalSeconds, 3),
            DryRun = report.Options.DryRun,
            ExitCode = report.ExitCode,
            Release = report.Options.Release,
            Namespace = report.Options.Namespace,
            Chart = report.Options.Source.Chart,
            Outcome = JsonNamingPolicy.CamelCase.ConvertName(report.Plan.Outcome.ToString()),
            Deployed = report.Plan.Deployed?.ToString(),
            Newest = report.Plan.Newest?.ToString(),
            RecoveredRevision = report.Plan.Recovery?.Revision,
            Message = report.Message,
        },
        UpgradeReportContext.Readable.UpgradeReportJson);
}
