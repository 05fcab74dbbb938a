using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracebloc.Ingestion.Reporting;

namespace Tracebloc.Ingestion.Tests.Reporting;

public sealed partial class IngestSummaryTests
{
    internal static readonly IngestSummary Houses = new()
    {
        IngestorId = "2f6c",
        RunKey = "run-7",
        Table = "houses",
        Category = "tabular_regression",
        Intent = "train",
        Found = 1_000_000,
        Inserted = 1_000_000,
        Sent = 1_000_000,
        Bins = 10,
        Elapsed = TimeSpan.FromSeconds(12.5),
        Remarks = ["Column city: 214 cells became NULL (\"NA\" 200, \"\" 14)"],
    };

    [Fact]
    public void The_banner_is_that_of_earlier_ingestors() => Assert.Equal(
        """
        Column city: 214 cells became NULL ("NA" 200, "" 14)
        ════════════════════════════════════════════════════════════
        📊 INGESTION SUMMARY 📊
        ════════════════════════════════════════════════════════════
        Ingestor ID: 2f6c
        📈 Total Records Found: 1,000,000
        ✅ Successfully Processed: 1,000,000
        💾 Inserted to Database: 1,000,000
        🚀 Sent to API: 1,000,000
        ⏭️  Skipped Records: 0
        📁 File Transfer Failures: 0
        ❌ Failed DB Insertion: 0
        ❌ Failed to Send to API: 0
        ██████████████████████████████ 100.0%
        Table houses: 1,000,000 rows loaded, 10 bins, registered
        ════════════════════════════════════════════════════════════

        """,
        Houses.Text());

    [Fact]
    public void A_command_line_reads_the_banner()
    {
        var fields = Parse((Houses with { Skipped = 5, Inserted = 999_995 }).Text());

        Assert.Equal(
            (1_000_000, 999_995, 1_000_000, 5, 0, 0),
            (fields["📈 Total Records Found"], fields["💾 Inserted to Database"], fields["🚀 Sent to API"],
                fields["⏭️  Skipped Records"], fields["📁 File Transfer Failures"], fields["❌ Failed DB Insertion"]));
    }

    [Theory]
    [InlineData(100, 0, 100, true, false)]
    [InlineData(100, 10, 100, true, false)]
    [InlineData(99, 0, 99, true, true)]
    [InlineData(100, 0, 99, true, true)]
    [InlineData(100, 0, 0, false, false)]
    public void Missing_rows_are_failures(int inserted, int skipped, int sent, bool registers, bool fails) =>
        Assert.Equal(
            fails,
            (Houses with
            {
                Found = 100 + skipped,
                Inserted = inserted,
                Skipped = skipped,
                Sent = sent,
                IsRegistered = registers,
            }).HasFailures);

    [Fact]
    public void Programs_get_one_line()
    {
        var json = Houses.Json();

        Assert.DoesNotContain('\n', json);
        var node = JsonNode.Parse(json)!;
        Assert.Equal(
            ("2f6c", 1_000_000, 100.0, 12.5, true, 10),
            ((string)node["ingestor_id"]!, (long)node["inserted_records"]!, (double)node["success_rate"]!,
                (double)node["seconds"]!, (bool)node["registered"]!, (int)node["bins"]!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_line_states_whether_the_run_was_registered(bool registered) =>
        Assert.Equal(
            registered, IngestSummary.IsRegisteredIn((Houses with { IsRegistered = registered, Remarks = [] }).Json()));

    [Fact]
    public void The_line_fits_a_termination_message_and_counts_what_it_leaves_out()
    {
        var json = (Houses with { Remarks = [.. Enumerable.Repeat(new string('ä', 100), 60)] }).Json();

        Assert.InRange(Encoding.UTF8.GetByteCount(json), IngestSummary.MostBytes - 1000, IngestSummary.MostBytes);
        var node = JsonNode.Parse(json)!;
        Assert.Equal(60, node["remarks"]!.AsArray().Count + (int)node["remarks_left_out"]!);
    }

    [Fact]
    public void An_empty_source_has_no_rate() =>
        Assert.Contains("░ 0.0%", (Houses with { Found = 0, Inserted = 0, Sent = 0 }).Text());

    /// <summary>Reads a banner by the rules of the command line.</summary>
    private static Dictionary<string, long> Parse(string text)
    {
        var fields = new Dictionary<string, long>();
        var started = false;
        foreach (var line in text.Split('\n'))
        {
            started |= line.Contains("INGESTION SUMMARY", StringComparison.Ordinal);
            if (!started) continue;
            if (line.StartsWith('═') && fields.Count > 0) break;
            if (Field().Match(line) is { Success: true } field)
                fields[field.Groups[1].Value] = long.Parse(field.Groups[2].Value.Replace(",", ""));
        }

        return fields;
    }

    [GeneratedRegex("^(.+): ([0-9,]+)$")]
    private static partial Regex Field();
}
