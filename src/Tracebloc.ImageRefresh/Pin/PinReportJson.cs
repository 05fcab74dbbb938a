using System.Text.Json;
using Tracebloc.CommandLine;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>A report for programs. Names and meanings stay; members may be added.</summary>
internal sealed record PinReportJson
{
    public string ApiVersion { get; } = "refresh.tracebloc.io/v1";

    public string Kind { get; } = "PinReport";

    public required string File { get; init; }

    /// <summary>True when the file was changed.</summary>
    public required bool Written { get; init; }

    public required int ExitCode { get; init; }

    public required IReadOnlyList<ReportedPin> Images { get; init; }

    public static string Write(PinReport report) => JsonText.Write(
        new PinReportJson
        {
            File = report.Options.File,
            Written = report.IsWritten,
            ExitCode = report.ExitCode,
            Images = [.. report.Images.Select(ReportedPin.Of)],
        },
        PinReportContext.Readable.PinReportJson);
}

/// <summary>One image of a report. Digests are absent where there is none.</summary>
internal sealed record ReportedPin
{
    public required string Path { get; init; }

    public required int Line { get; init; }

    public required string Image { get; init; }

    public required string Outcome { get; init; }

    /// <summary>The registry's digest.</summary>
    public string? Latest { get; init; }

    /// <summary>The file's digest before the run.</summary>
    public string? Held { get; init; }

    public string? Message { get; init; }

    public static ReportedPin Of(PinnedImage image) => new()
    {
        Path = image.Target.Path,
        Line = image.Target.Line,
        Image = image.Target.Image.ToString(),
        Outcome = JsonNamingPolicy.CamelCase.ConvertName(image.Outcome.ToString()),
        Latest = image.Latest?.ToString(),
        Held = image.Target.Held?.ToString(),
        Message = image.Message,
    };
}
