using System.Text;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>A report for people: a line an image, with its place as editors follow it, and one of counts.</summary>
internal static class PinReportText
{
    private const int OutcomeWidth = 10;

    public static string Write(PinReport report)
    {
        var text = new StringBuilder();
        var places = report.Images.Select(image => $"{report.Options.File}:{image.Target.Line}").ToList();
        var placeWidth = places.Max(place => place.Length);
        var pathWidth = report.Images.Max(image => image.Target.Path.Length);
        var imageWidth = report.Images.Max(image => image.Target.Image.ToString().Length);
        foreach (var (place, image) in places.Zip(report.Images))
        {
            var line = $"{place.PadRight(placeWidth)}  {image.Target.Path.PadRight(pathWidth)}  "
                + $"{Name(image.Outcome).PadRight(OutcomeWidth)}  "
                + $"{image.Target.Image.ToString().PadRight(imageWidth)}  {About(image)}";
            text.Append(line.TrimEnd()).Append('\n');
        }
        var counts = report.Images
            .GroupBy(image => image.Outcome)
            .Select(group => $"{group.Count()} {Name(group.Key)}");
        return text.Append(Summary(report)).AppendJoin(", ", counts).Append('\n').ToString();
    }

    private static string Name(PinOutcome outcome) =>
        outcome == PinOutcome.NotPinned ? "not pinned" : outcome.ToString().ToLowerInvariant();

    private static string About(PinnedImage image)
    {
        var digests = (image.Target.Held?.Short(), image.Latest?.Short()) switch
        {
            (null, var latest) => latest,
            (var held, null) => held,
            var (held, latest) => held == latest ? held : $"{held} -> {latest}",
        };
        return string.Join(": ", new[] { digests, image.Message }.Where(part => part is not null));
    }

    private static string Summary(PinReport report) =>
        report.Options.Mode == PinMode.Check ? ""
        : report.Has(PinOutcome.Unresolved) ? "nothing was written, since a digest is missing: "
        : report.Options.DryRun ? "dry run, nothing was changed; a run would report: "
        : "";
}
