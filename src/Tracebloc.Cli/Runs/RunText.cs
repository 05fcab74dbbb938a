using System.Globalization;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Runs;

/// <summary>Runs for people.</summary>
internal static class RunText
{
    private const int LabelWidth = 12;

    /// <summary>All of a run, a member a line.</summary>
    public static IEnumerable<string> Of(RunReport run)
    {
        yield return Field("run", run.IdempotencyKey);
        yield return Field("table", $"{run.Table} ({run.Category}, {run.Intent})");
        yield return Field("state", run.Error is { Length: > 0 } error ? $"{run.State}: {error}" : run.State);
        yield return Field("job", $"{run.JobName} in namespace {run.Namespace}");
        yield return Field("accepted", Time(run.AcceptedAt));
        if (run.StartedAt is not null) yield return Field("started", Time(run.StartedAt));
        if (run.EndedAt is not null) yield return Field("ended", Time(run.EndedAt));
        if (run.DeletedAt is not null) yield return Field("deleted", Time(run.DeletedAt));
        foreach (var line in Of(RunSummary.Of(run.Summary))) yield return line;
    }

    /// <summary>The summary; what is as it should be has no line.</summary>
    public static IEnumerable<string> Of(RunSummary? summary)
    {
        if (summary is null) yield break;
        if (summary.IngestorId is { } id) yield return Field("ingestor", id);
        yield return Field("rows", $"{Number(summary.InsertedRecords)} of {Number(summary.TotalRecords)} loaded"
            + (summary.Files > 0 ? $", {ValidationText.Counted(summary.Files, "file")}" : "")
            + string.Create(CultureInfo.InvariantCulture, $", {summary.Seconds:0.#} s"));
        if (summary.SkippedRecords > 0) yield return Field("skipped", Number(summary.SkippedRecords));
        if (summary.DbInsertFailures > 0) yield return Field("not loaded", Number(summary.DbInsertFailures));
        if (summary.FileTransferFailures > 0) yield return Field("no file", Number(summary.FileTransferFailures));
        if (summary.LacksRegistrations) yield return Field("registered", Number(summary.SentToApi));
        foreach (var remark in summary.Remarks ?? []) yield return Field("remark", remark);
    }

    /// <summary>The time in UTC to the second; a dash for none.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "-";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A label and its value.</summary>
    public static string Field(string label, string value) => label.PadRight(LabelWidth) + value;
}
