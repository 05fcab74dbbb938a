using System.Text;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Reporting;

/// <summary>A tick for people: one line an image, in the order of the configuration, and one of counts.</summary>
internal static class ReportText
{
    private const int OutcomeWidth = 14;
    private const int DigestWidth = 19;

    public static string Write(TickResult report)
    {
        var text = new StringBuilder();
        var nameWidth = report.Images.Aggregate(0, (width, image) => Math.Max(width, image.Image.Name.Length));
        foreach (var image in report.Images)
        {
            var line = $"{image.Image.Name.PadRight(nameWidth)}  {Name(image.Outcome).PadRight(OutcomeWidth)}  "
                + $"{(image.Latest?.Short() ?? "-").PadRight(DigestWidth)}  {Line.Whole(Remarks(image))}";
            text.Append(line.TrimEnd()).Append('\n');
        }
        var counts = report.Images
            .CountBy(image => Name(image.Outcome))
            .Select(count => $"{count.Value} {count.Key}");
        text.Append(report.IsFromRecords ? "from the records alone, without a registry; a run would report: "
            : report.DryRun ? "dry run, nothing was changed; a run would report: "
            : "");
        text.AppendJoin(", ", counts).Append('\n');
        return text.ToString();
    }

    private static string Remarks(ImageResult image) => image.Warnings.Count == 0
        ? image.Message
        : string.Join("; ", image.Warnings.Select(warning => $"warning: {warning}").Prepend(image.Message)
            .Where(remark => remark.Length > 0));

    /// <summary>The outcome as people say it: <c>gave up</c> for <c>GaveUp</c>.</summary>
    public static string Name(Outcome outcome) => outcome switch
    {
        Outcome.RolloutFailed => "rollout failed",
        Outcome.GaveUp => "gave up",
        Outcome.RolledBack => "rolled back",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
