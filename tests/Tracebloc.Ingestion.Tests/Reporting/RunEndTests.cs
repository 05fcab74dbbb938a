using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Reporting;

namespace Tracebloc.Ingestion.Tests.Reporting;

public sealed class RunEndTests
{
    [Fact]
    public void A_success_is_its_summary_on_one_line()
    {
        var end = new RunEnd { Summary = IngestSummaryTests.Houses.Json() };

        Assert.StartsWith("{\"summary\":{\"api_version\":\"tracebloc.io/v1\",", end.Json());
        Assert.DoesNotContain('\n', end.Json());
        Assert.Equal(end, RunEnd.Find(end.Json()));
    }

    [Fact]
    public void A_failure_is_its_reason_as_people_read_it()
    {
        var end = new RunEnd { Error = "Table \"Straße\" does not fit", ExitCode = 1, IsFinal = true, IsUndone = true };

        Assert.Equal(
            """{"error":"Table \"Straße\" does not fit","exit_code":1,"final":true,"undone":true}""", end.Json());
        Assert.Equal(end, RunEnd.Find(end.Json()));
    }

    [Fact]
    public void An_undo_that_succeeded_has_no_summary()
    {
        var end = new RunEnd { IsUndone = true };

        Assert.Equal("""{"undone":true}""", end.Json());
        Assert.Equal(end, RunEnd.Find(end.Json()));
    }

    [Fact]
    public void A_long_error_keeps_its_beginning()
    {
        var error = string.Concat(Enumerable.Range(0, 2_000).Select(row => $"row {row} "));

        var json = new RunEnd { Error = error, ExitCode = 1 }.Json();

        Assert.InRange(Encoding.UTF8.GetByteCount(json), RunEnd.MostBytes - 4, RunEnd.MostBytes);
        var kept = RunEnd.Find(json)?.Error ?? "";
        Assert.EndsWith("…", kept);
        Assert.StartsWith(kept[..^1], error);
    }

    [Fact]
    public void A_long_summary_loses_its_last_remarks_and_counts_them()
    {
        var remarks = Enumerable.Range(0, 200).Select(column => $"Column c{column}: 2 cells became NULL").ToList();
        var summary = JsonNode.Parse((IngestSummaryTests.Houses with { Remarks = [] }).Json())!.AsObject();
        summary["remarks"] = new JsonArray([.. remarks.Select(remark => JsonValue.Create(remark))]);
        summary["remarks_left_out"] = 3;

        var json = new RunEnd { Summary = summary.ToJsonString() }.Json();

        Assert.InRange(Encoding.UTF8.GetByteCount(json), RunEnd.MostBytes - 100, RunEnd.MostBytes);
        var read = JsonNode.Parse(RunEnd.Find(json)?.Summary ?? "{}")!;
        var kept = read["remarks"]!.AsArray().Select(remark => (string)remark!).ToList();
        Assert.Equal(remarks.Take(kept.Count), kept);
        Assert.Equal(203, kept.Count + (int)read["remarks_left_out"]!);
    }

    [Fact]
    public void A_summary_of_the_most_bytes_fits_as_well()
    {
        var summary = IngestSummaryTests.Houses with { Remarks = [.. Enumerable.Repeat(new string('x', 50), 100)] };

        var read = RunEnd.Find(new RunEnd { Summary = summary.Json() }.Json());

        Assert.True(IngestSummary.IsRegisteredIn(read?.Summary ?? "{}"));
    }

    [Fact]
    public void No_message_is_longer_than_kubernetes_keeps() => Prop.ForAll(
        (string? text, int times, int exit) =>
        {
            var error = string.Concat(Enumerable.Repeat(text ?? "", Math.Abs(times) * 40));
            var end = new RunEnd { Error = error, ExitCode = exit, IsFinal = exit > 0, IsUndone = exit % 2 == 0 };
            return Encoding.UTF8.GetByteCount(end.Json()) <= RunEnd.MostBytes
                && RunEnd.Find(end.Json()) is { Error: not null } read
                && read with { Error = null } == end with { Error = null };
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_summary_that_nothing_shortens_is_left_out() => Prop.ForAll(
        (string? text, int times) =>
        {
            var whole = string.Concat(Enumerable.Repeat(text ?? "", Math.Abs(times) * 40));
            var summary = new JsonObject { ["title"] = whole }.ToJsonString();
            var json = new RunEnd { Summary = summary }.Json();
            return Encoding.UTF8.GetByteCount(json) <= RunEnd.MostBytes
                && RunEnd.Find(json)?.Summary is { } read && (read == "{}" || read == summary);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_message_reads_back_as_it_was_written() => Prop.ForAll(
        (string? text, int exit, bool final) =>
        {
            var end = new RunEnd { Error = WellFormed(text), ExitCode = exit, IsFinal = final, IsUndone = exit > 1 };
            return RunEnd.Find($" {end.Json()}\n") == end;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_of_any_kind_is_read_or_none() => Prop.ForAll(
        (string? text) => RunEnd.Find("{" + text) is null && RunEnd.Find(text) is null).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Killed")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[{\"error\":\"x\"}]")]
    [InlineData("{\"level\":\"info\",\"message\":\"the end of a log\"}")]
    [InlineData("{\"error\":7}")]
    [InlineData("{\"error\":\"x\",\"final\":\"yes\"}")]
    [InlineData("{\"summary\":\"done\"}")]
    [InlineData("{\"undone\":false}")]
    [InlineData("{\"error\":\"x\"} and more")]
    public void A_foreign_text_is_none(string? text) => Assert.Null(RunEnd.Find(text));

    private static string WellFormed(string? text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
}
