using System.Globalization;
using System.Text;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Reporting;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Planning;

/// <summary>A plan for people.</summary>
internal static class PlanText
{
    // A model of ten thousand files is not read part by part; JSON has them all.
    private const int MostParts = 40;

    public static string Of(UploadPlan plan)
    {
        var text = new StringBuilder();
        Line(text, $"From  {plan.Source}  ({Count(plan.FileCount, "file")}, {Size(plan.Length)})");
        Line(text, $"To    {plan.Destination}");
        foreach (var part in plan.Parts.Take(MostParts))
            Line(text, $"  {Word(part.Way),-8} {Size(part.Length),11}  {Name(part)}");
        if (plan.Parts.Count > MostParts)
            Line(text, $"  and {Count(plan.Parts.Count - MostParts, "more part")}: see --output json");
        var (sent, present) = (plan.LengthOf(PartWay.Streamed), plan.LengthOf(PartWay.Present));
        Line(text, $"Sends {Size(sent)}; {Size(present)} is there already");
        Section(text, "Left out", plan.LeftOut.Select(path => path.Text));
        Section(text, "Model Registry", plan.RegistryCalls);
        Section(text, "Signatures", plan.Signatures);
        Section(text, "Notes", plan.Notes);
        return text.ToString();
    }

    public static string Word(PartWay way) => way switch
    {
        PartWay.Present => "present",
        PartWay.Copied => "copy",
        _ => "stream",
    };

    private static string Name(PlannedPart part) =>
        part.Files.Count == 1 ? part.Name : $"{part.Name} and {Count(part.Files.Count - 1, "more file")}";

    private static string Size(long? bytes) => bytes is { } known ? ProgressText.Size(known) : "unknown size";

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        foreach (var (index, line) in lines.Take(MostParts).Index())
        {
            if (index == 0)
                Line(text, title);
            Line(text, $"  {line}");
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(Escaped.Text(line)).Append('\n');
}
