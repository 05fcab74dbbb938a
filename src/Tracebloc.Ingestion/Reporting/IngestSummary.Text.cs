using System.Globalization;
using System.Text;

namespace Tracebloc.Ingestion.Reporting;

public sealed partial record IngestSummary
{
    private const int RuleLength = 60, BarCells = 30;

    /// <summary>The banner of earlier ingestors, which command lines read, and remarks before it.</summary>
    /// <remarks>Without colours, as the output of every program here: a rate and a sentence carry the result.</remarks>
    public string Text()
    {
        var rule = new string('═', RuleLength);
        var text = new StringBuilder();
        foreach (var remark in Remarks) text.Append(remark).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{rule}\n📊 INGESTION SUMMARY 📊\n{rule}\n");
        text.Append(CultureInfo.InvariantCulture, $"Ingestor ID: {IngestorId}\n");
        foreach (var (label, count) in Counts())
            text.Append(CultureInfo.InvariantCulture, $"{label}: {count:N0}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Bar()} {Rate:F1}%\n");
        return text.Append(Status()).Append('\n').Append(rule).Append('\n').ToString();
    }

    // A run that fails takes its rows back and has no summary: the counts of failures stay for their readers.
    private IEnumerable<(string Label, long Count)> Counts() =>
    [
        ("📈 Total Records Found", Found),
        ("✅ Successfully Processed", Inserted),
        ("💾 Inserted to Database", Inserted),
        ("🚀 Sent to API", Sent),
        ("⏭️  Skipped Records", Skipped),
        ("📁 File Transfer Failures", 0),
        ("❌ Failed DB Insertion", Found - Skipped - Inserted),
        ("❌ Failed to Send to API", IsRegistered ? Inserted - Sent : 0),
    ];

    private string Bar()
    {
        var full = (int)Math.Round(Rate / 100 * BarCells);
        return new string('█', full) + new string('░', BarCells - full);
    }

    private string Status()
    {
        var bins = Bins is { } count ? $", {count} bins" : "";
        var end = HasFailures ? "incomplete" : IsRegistered ? "registered" : "not registered: CLIENT_ENV is local";
        return string.Create(CultureInfo.InvariantCulture, $"Table {Table}: {Inserted:N0} rows loaded{bins}, {end}");
    }
}
